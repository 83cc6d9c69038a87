# Words that all screens share.
back = Go back
tool-text = Text size
tool-contrast = Contrast
tool-help = Call a helper
ask-contact = Ask { $contact }.
listen = Listen
listen-stop = Stop the voice
voice-missing = The voice does not work on this computer. Ask someone to read the page to you.
