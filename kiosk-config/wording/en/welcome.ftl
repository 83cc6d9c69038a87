# The station waits for somebody.
welcome-title = Hello.
welcome-lead =
    This computer is yours for as long as you need it.
    Then everything is erased.
welcome-start = Touch to start
welcome-verified = Cleaned and checked
