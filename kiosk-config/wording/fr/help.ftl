# L’aide : qui va aider, et comment.
help-title = Vous voulez de l’aide ?
help-guide = Une personne peut vous guider avec des mots. Vous gardez la main.
help-hand = Elle peut aussi utiliser l’ordinateur avec vous. Pour cela, il faut votre accord.
help-who = Qui va vous aider ?
help-ask = Demander la main
help-close = Fermer
