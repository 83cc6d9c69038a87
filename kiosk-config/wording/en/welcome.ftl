# The station waits for somebody.
welcome-title = Hello.
welcome-lead =
    This computer is yours while you are here.
    Then everything is erased.
welcome-start = Touch to start
welcome-verified = Cleaned and checked
