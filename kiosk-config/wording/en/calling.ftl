# A call for help, to be read from afar.
calling-title = I need help
calling-text = Someone will see this screen.
