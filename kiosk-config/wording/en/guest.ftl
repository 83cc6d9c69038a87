# The bar above the site. It never shows a word that came from the site.
guest-home = Home
guest-back = Back
guest-text = Text size
guest-contrast = Contrast
guest-help = Help
guest-private = Private moment
guest-pause = I’ll be back
guest-other-browser = Other browser
guest-finish = Finish and erase everything
guest-finish-short = Finish
guest-more = More
guest-opening = The site is opening…
guest-opening-hint = This can take a few seconds.
guest-slow = The site is slow to open.
guest-slow-hint = You can wait, or try the other browser.
guest-page = The site’s page
