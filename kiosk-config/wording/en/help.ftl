# Help: who is going to help, and how.
help-title = Would you like some help?
help-guide = Someone can guide you with words. You stay in control.
help-hand = They can also use the computer with you. For that, you must agree.
help-who = Who is going to help you?
help-ask = Ask for control
help-close = Close
