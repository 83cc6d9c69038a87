# Words that all screens share.
back = Go back
tool-text = Text size
tool-contrast = Contrast
tool-help = Call a helper
ask-contact = Ask { $contact }.
