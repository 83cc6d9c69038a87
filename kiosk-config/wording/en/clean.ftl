# The station is cleaned and checked.
clean-title = Cleaned and checked
clean-text = Nothing of your visit remains. Goodbye!
clean-next = Continue
