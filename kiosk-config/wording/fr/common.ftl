# Les mots communs à tous les écrans.
back = Revenir
tool-text = Taille
tool-contrast = Contraste
tool-help = Appeler l’aidant
ask-contact = Demandez à { $contact }.
listen = Écouter
listen-stop = Arrêter la voix
voice-missing = La voix ne marche pas sur ce poste. Demandez à une personne de vous lire la page.
