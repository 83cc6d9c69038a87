# The sheet “May I…?”, for helpers. What it says is in French.
rights-title = May I…?
rights-open = May I?
rights-short = The law
rights-search = Look for a question
rights-nothing = Nothing found. Try another word.
rights-yes = Yes
rights-no = No
rights-only-if = Only if…
rights-why = Why
rights-source = Where it comes from
rights-list = All questions
rights-date = Last read on { $date }.
