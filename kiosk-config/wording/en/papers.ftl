# The words of the papers. They are printed in French; these are for readers of the files.
papers-gesture-write = Write in a form
papers-gesture-upload = Send a document
papers-gesture-create-mail = Create an e-mail address
papers-gesture-create-account = Create an account
papers-gesture-read-mail = Read the confirmation message
papers-gesture-submit = Validate or send the request
papers-gesture-pay = Pay (special agreement at the moment of paying)
papers-gesture-print = Print
papers-practice = Practice (made-up démarche)
papers-minutes = { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}
