# The private moment.
private-title = Your turn
private-field = Type your password yourself.
private-helper = The helper can no longer type. Ask them to look away.
private-its-me = It’s me, continue
private-banner = Private moment: only you can type
private-over = I have finished
private-over-ask = I have finished, the helper may ask again
private-asked = Type what is secret.
private-alone = Only you can type.
private-doubt = The station cannot tell whether this field is secret.
private-no-secret = It is no secret
private-returns = Afterwards, the helper goes on without asking again
private-over-returns = I have finished, the helper goes on
