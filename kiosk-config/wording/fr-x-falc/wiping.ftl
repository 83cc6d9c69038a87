# L’effacement, en phrases faciles.
wiping-text = Attendez un peu.
wiping-close = Il ferme les pages
wiping-erase = Il efface la visite
wiping-check = Il vérifie
starting-title = L’ordinateur se prépare
starting-text = Il vérifie qu’il est propre.
