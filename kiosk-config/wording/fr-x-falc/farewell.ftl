# Avant de partir, en phrases faciles.
farewell-documents = Vos papiers sur l’ordinateur
farewell-none = Vous n’avez pas de papier sur l’ordinateur.
farewell-not-taken = Vous ne l’avez pas encore pris
farewell-printed = Vous l’avez imprimé
farewell-copied = Il est sur votre clé
farewell-papers = Vos papiers dans la machine à imprimer
farewell-card = Votre carte et vos papiers
farewell-sign-out = Vous êtes encore connecté à un site ? Revenez. Touchez « Se déconnecter ».
farewell-printing = L’ordinateur imprime encore. Après, il efface tout.
farewell-come-back = Revenir à ma page
farewell-left = Si vous ne faites rien, l’ordinateur efface tout dans { $seconds } secondes.
farewell-left-minutes = Si vous ne faites rien, l’ordinateur efface tout dans { $minutes } minutes.
farewell-idle = Personne n’a touché à l’ordinateur. C’est fini.
farewell-staff = Une personne de l’accueil arrête la visite.
farewell-closing = L’accueil ferme. C’est fini.
farewell-pause = La pause est finie. La visite aussi.
