# Le navigateur s’est arrêté.
gone-title = Le site s’est fermé
gone-text = Ce n’est pas votre faute. Vous pouvez recommencer.
gone-restart = Recommencer
gone-other = Essayer l’autre navigateur
gone-finish = Terminer et tout effacer
