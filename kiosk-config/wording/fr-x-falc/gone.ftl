# Le navigateur s’est arrêté, en phrases faciles.
gone-title = La page s’est fermée
gone-text = Ce n’est pas votre faute. Vous pouvez recommencer.
gone-other = Essayer autrement
