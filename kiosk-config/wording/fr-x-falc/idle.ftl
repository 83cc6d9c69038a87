# Personne n’a touché à rien, en phrases faciles.
idle-title = Vous êtes là ?
idle-text = Si vous ne répondez pas, c’est fini. L’ordinateur efface tout.
idle-stay = Oui, je suis là
