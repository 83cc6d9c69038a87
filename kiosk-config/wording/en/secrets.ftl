# The station's codes, on the command line. For staff and IT.

secrets-type = New code:
secrets-again = The same code once more:
secrets-short = This code is too short. It needs at least { $least } characters.
secrets-easy = This code is too easy to guess. Avoid 111111 and 123456.
secrets-differ = The two codes are not the same. Nothing was changed. Try again.
secrets-done = The code is in place.
secrets-forgotten = It is deleted. Reading it back confirms it.
secrets-set = { $name }: present
secrets-not-set = { $name }: absent
