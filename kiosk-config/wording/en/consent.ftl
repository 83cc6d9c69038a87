# Agreement, before the helper touches the computer.
consent-title = Someone offers to help you
consent-use = This person will use the computer with you for { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}.
consent-secret = Your passwords are secret. You type them yourself.
consent-stop = You can say stop at any time: touch “I take back control”.
consent-choose = Choose what they may do
consent-gesture-write = Write in a form
consent-gesture-upload = Send a document
consent-gesture-create-mail = Create an email address
consent-gesture-create-account = Create an account
consent-gesture-read-mail = Read the confirmation message
consent-gesture-submit = Confirm or send
consent-gesture-pay = Pay
consent-gesture-print = Print
consent-yes = Yes
consent-no = No
consent-silence = No answer means no.
consent-seconds = { $seconds } s left
consent-minutes = { $minutes } min { $seconds } s left
consent-wait = Take the time to read.
consent-tick = Tick what you agree to, or say no.
consent-ready = You decide.
