# Keyboards and mice: the visitor’s, or the helper’s.
seats-none = No keyboard and no mouse was found.
seats-keyboard = keyboard
seats-mouse = mouse
seats-both = keyboard and mouse
seats-visitor = the visitor’s
seats-helper = the helper’s
seats-helper-soon = the helper’s, after the restart
seats-visitor-soon = the visitor’s, after the restart
seats-unknown = No keyboard and no mouse at “{ $place }”. See: estranctl seats list
seats-written = Written. Restart the station, or unplug the device and plug it in again.
