# Le poste est nettoyé et vérifié, en phrases faciles.
clean-title = L’ordinateur est propre
clean-text = Il a tout effacé. Au revoir !
clean-next = Continuer
