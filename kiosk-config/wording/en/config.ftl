# Configuration errors, for staff and IT: what is wrong, then what to do.
config-ok = The configuration is valid: { $demarches } démarches, { $groups } tiles, { $languages } languages.
config-count-found = { $count ->
    [one] 1 mistake found.
   *[other] { $count } mistakes found.
}
config-closest = Did you mean “{ $near }”?
config-allowed = Allowed: { $list }.

config-unreadable = { $cause ->
    [absent] The file does not exist.
    [forbidden] The file exists, but this account may not read it.
   *[other] The file cannot be read.
}
config-unreadable-remedy = Check that the file exists and that the user “estran” may read it.
config-not-utf8 = The file is not UTF-8.
config-not-utf8-remedy = Save it as UTF-8 in your editor.
config-too-long-file = The file is longer than 1 MiB.
config-too-long-file-remedy = Check that it is the right file.
config-syntax = The writing is not correct: { $text }.
config-syntax-remedy = Correct this line: quotes, the = sign, brackets.
config-wrong-kind = This value is not of the expected kind: { $text }.
config-wrong-kind-remedy = Text is written in quotes; numbers, true and false without quotes.
config-unknown-key = The key “{ $text }” does not exist here.
config-missing = “{ $text }” is missing.
config-missing-remedy = Add “{ $text }” at this place; the original file shows how.
config-out-of-range = { $value } is not between { $min } and { $max }.
config-out-of-range-remedy = Write a whole number from { $min } to { $max }.
config-not-among = “{ $text }” is not an allowed value.
config-length = This text is empty or too long.
config-length-remedy = Write 1 to { $max } characters.
config-count = This list is empty or too long.
config-count-remedy = Write 1 to { $max } entries.
config-control-character = This text contains an invisible character.
config-control-character-remedy = Delete it and type the text again instead of pasting it.
config-domain = This is not the name of a site.
config-domain-remedy = Write the name alone, in lower case, without https:// or slash: caf.fr
config-domain-broad = This name would allow too many sites.
config-domain-broad-remedy = Write the full name of the site, for instance caf.fr or impots.gouv.fr
config-start = This is not an allowed start address.
config-start-remedy = Write an address that begins with https://, without user name or port.
config-start-outside = The start address is on none of the démarche’s sites.
config-start-outside-remedy = Add its site to “domains”, or correct the address.
config-twice = “{ $text }” is written twice.
config-twice-remedy = Keep one of the two lines, or change one of the names.
config-same-browser = The second browser is the same as the first.
config-same-browser-remedy = Write the other one: firefox or chromium.
config-printer = This is not the address of a printer.
config-printer-remedy = Write its network address, without account or password: ipp://192.0.2.10/ipp/print
config-keyboard = This is not the name of a keyboard.
config-keyboard-remedy = Write an XKB name, for instance layout = "fr" and variant = "latin9".
config-key = This is not an allowed name.
config-key-remedy = Write 1 to 40 small letters without accents, digits or hyphens.
config-hours = These are not opening hours.
config-hours-remedy = Write for example “9:00-12:00 14:00-17:00”, in order. Nothing between the quotes means closed.
config-colour = This is not a colour.
config-colour-remedy = Write a # and six signs, 0 to 9 and A to F, for example #0E4D73.
config-contrast = This colour is hard to read where it is used.
config-contrast-remedy = Choose a darker or a lighter one: the contrast must be at least 4.5.
config-program = This is not the whole path of a program.
config-program-remedy = Write for example /usr/bin/evince.
config-strict-empty = The list “allowed” is empty: nothing could be opened.
config-strict-empty-remedy = Add sites to “allowed”, or choose another mode.
config-left-out = The démarche “{ $text }” could not be opened: its site is not in the list “allowed” of [sites].
config-left-out-remedy = Add its site to “allowed”, or remove the démarche.
config-address = This is not an allowed address.
config-address-remedy = Write an IPv4 address, with a port for a service: 192.168.1.20:631
config-account = This is not the name of an account or a group.
config-account-remedy = Write 1 to 32 small letters without accents, digits or hyphens.
config-hour = This is not a time of day.
config-hour-remedy = Write it with twice two digits, as in "19:00".
config-place-id = This is not the id of a place.
config-place-id-remedy = Copy the place’s id from the national cartography: letters, digits, dashes.
config-folder = This is not the whole path of a folder.
config-folder-remedy = Write for instance /srv/share/statistics, or leave it empty.
config-collector = Metrics cannot be sent to this address.
config-collector-remedy = Write an address that begins with https://, without a user name, or leave it empty.
config-rights-form = This line has none of the known forms.
config-rights-form-remedy = Begin it with a mark of a title (# or ##), with a dash, or with one of the words oui, non, seulement si, source and a colon.
config-rights-place = This line is not in its place.
config-rights-place-remedy = The order is: date and note, then a topic, a question, its answer, its reasons, its sources.
config-day = This is not a day of the calendar.
config-day-remedy = Write the year, the month and the day, for example 2026-11-25.
config-siret = This is not a SIRET number.
config-siret-remedy = Write its 14 digits.
