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
consent-paper = I want a paper to sign
consent-paper-made = The paper is ready
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

# A paper to sign: for whom, and whom to see where it is not possible here.
consent-paper-whom = Who is this paper for?
consent-paper-what = This paper is called a mandate. It says what the helper may do, and for how long.
consent-paper-not-kept = The computer forgets your answer. It does not count it.
consent-paper-adult = For me, and I decide alone
consent-paper-adult-hint = I am 18 or older. I am not under guardianship or any other protection measure.
consent-paper-minor = For a person under age
consent-paper-minor-hint = They are under 18.
consent-paper-protected = For a protected adult
consent-paper-protected-hint = Guardianship, curatorship, court protection or family authorisation.
consent-paper-minor-title = Under 18: no mandate here
consent-paper-minor-who = Their representative decides: a parent or a guardian.
consent-paper-minor-ask = Ask { $contact }: together you find how to reach them.
consent-paper-protected-title = Protected adult: no mandate here
consent-paper-protected-who = Go through their representative: the person chosen by the judge (guardian, curator, agent).
consent-paper-protected-ask = Ask { $contact }: together you find how to reach them.
consent-paper-guide = The helper can always explain, without touching the computer. That needs no mandate.
consent-paper-no-printer = No printer here
consent-paper-no-printer-ask = Ask { $contact } for this paper.
consent-paper-two = There are two copies: one for you, one for this place. They are in French.
consent-paper-sign = Read it again, then both sign with a pen, before the helper begins.
consent-paper-own-signature = You sign this file yourself. The helper never signs in your place.
consent-paper-print = Print now
consent-paper-again = Printed. Once more?
consent-paper-back = Back to the question
