# Les mots communs, en phrases faciles.
tool-text = Lettres plus grandes
tool-contrast = Autres couleurs
voice-missing = La voix ne marche pas. Demandez à une personne de lire avec vous.
