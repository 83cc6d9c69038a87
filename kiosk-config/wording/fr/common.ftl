# Les mots communs à tous les écrans.
back = Revenir
tool-text = Taille
tool-contrast = Contraste
tool-help = Appeler l’aidant
ask-contact = Demandez à { $contact }.
