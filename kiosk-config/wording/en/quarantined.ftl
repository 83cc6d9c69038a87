# The station cannot be used.
quarantined-title = This computer is being cleaned
quarantined-text = Please use another computer.
out-title = This computer is out of order
out-text = Please use another computer, or ask at the desk.
out-staff = For staff:
