# The words of the papers. They are printed in French; these are for readers of the files.
paper-gesture-write = Write in a form
paper-gesture-upload = Send a document
paper-gesture-create-mail = Create an e-mail address
paper-gesture-create-account = Create an account
paper-gesture-read-mail = Read the confirmation message
paper-gesture-submit = Validate or send the request
paper-gesture-pay = Pay (special agreement at the moment of paying)
paper-gesture-print = Print
paper-practice = Practice (made-up démarche)
paper-minutes = { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}
