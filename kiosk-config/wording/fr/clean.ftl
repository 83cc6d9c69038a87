# Le poste est nettoyé et vérifié.
clean-title = Poste nettoyé et vérifié
clean-text = Il ne reste rien de votre visite. Au revoir !
clean-next = Continuer
