# L’aide, en phrases faciles.
help-title = Vous voulez de l’aide ?
help-guide = Une personne peut vous expliquer. C’est vous qui touchez l’ordinateur.
help-hand = Elle peut aussi toucher l’ordinateur. Elle vous demande d’abord.
