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
papers-level-show = Point at the page with a large hand
papers-level-see = See the page from afar
papers-level-act = Type and click
papers-acts-none = nothing
papers-signature = You sign this file yourself. The helper may type, and never signs in your place: the file would not be accepted (code de la consommation, articles R.721-2 and R.761-1).
