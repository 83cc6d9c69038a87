# Personne n’a touché à rien.
idle-title = Êtes-vous toujours là ?
idle-text = Sans réponse, votre visite se termine. Tout est effacé.
idle-left = Encore { $seconds } s
idle-stay = Oui, je continue
