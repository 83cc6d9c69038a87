# The browser stopped.
gone-title = The site has closed
gone-text = It is not your fault. You can start again.
gone-restart = Start again
gone-other = Try the other browser
gone-finish = Finish and erase everything
