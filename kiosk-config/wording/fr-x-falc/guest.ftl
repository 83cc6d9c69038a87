# La barre, en phrases faciles.
guest-private = Je veux être seul
guest-pause = Je reviens bientôt
guest-opening = La page arrive…
guest-opening-hint = Attendez un peu.
guest-slow = La page met du temps.
guest-slow-hint = Attendez encore. Ou essayez autrement.
guest-page = La page
