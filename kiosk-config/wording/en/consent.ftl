# Agreement, before the helper touches the computer.
consent-title = Someone offers to help you
consent-use = This person will use the computer with you for { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
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
consent-seconds = { $seconds } s left
consent-minutes = { $minutes } min { $seconds } s left
consent-wait = Take the time to read.
consent-tick = Tick what you agree to, or say no.
consent-ready = You decide.
consent-title-show = Someone wants to show you something
consent-title-see = Someone wants to see your page from afar
consent-named = { $name }, { $role }
consent-show = This person will point at the page with a large hand for { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}.
consent-show-only = They can neither click nor type.
consent-see = This person will see your page from afar for { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}.
consent-see-only = They cannot touch the page.
consent-erased = At the end, the computer erases your pages and your documents.
consent-counted = The computer counts visits. It does not keep your name.
consent-question = A question? Ask { $contact }. You can also write to the CNIL.
consent-again = You will be asked again.
consent-more-time = More time
consent-paper = A paper to sign
consent-paper-made = The paper is ready
consent-paper-where = It is with your documents: print it before you leave. Under 18 or under guardianship: not here, ask { $contact }.
consent-act-submit-title = The helper wants to confirm and send
consent-act-submit = Confirming sends your request.
consent-act-pay-title = The helper wants to pay
consent-act-pay = Paying means giving money. Check the price first.
consent-act-read-mail-title = The helper wants to read a message
consent-act-read-mail = They will read the confirmation message in your mailbox.
consent-act-check = Would you like to see the page again? Say no, then read it together.
consent-act-once = You agree for this one time, now.
consent-longer-title = The helper asks for more time
consent-longer = { $minutes ->
    [one] 1 more minute
   *[other] { $minutes } more minutes
}, for the same things: { $gestures }.
consent-longer-no = If you say no, the helper stops when the time is up.
