# The banner while the helper is in control.
helper-has-hand = The helper is in control
helper-left = { $minutes } min left
helper-left-seconds = { $seconds } s left
helper-take-back = I take back control
helper-hand-back = Hand back
helper-short-write = write
helper-short-upload = send a document
helper-short-create-mail = create an address
helper-short-create-account = create an account
helper-short-read-mail = read the message
helper-short-submit = confirm
helper-short-pay = pay
helper-short-print = print
