# A call for help, to be read from afar.
calling-title = I need help
calling-text = This screen can be seen from afar.
