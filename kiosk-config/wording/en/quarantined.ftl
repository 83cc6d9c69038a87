# The station cannot be used.
quarantined-title = This computer is being cleaned
quarantined-text = Please use another computer, or ask { $contact }.
out-title = This computer is out of order
out-text = Please use another computer, or ask at the front desk.
out-staff = For staff:
