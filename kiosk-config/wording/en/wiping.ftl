# Erasing, step by step.
wiping-title = The computer is erasing everything
wiping-text = This takes a few seconds.
wiping-close = Close the pages
wiping-erase = Erase the visit
wiping-check = Check
wiping-done = done
wiping-now = under way
wiping-later = next
starting-title = The computer is getting ready
starting-text = It checks that nothing remains from before.
