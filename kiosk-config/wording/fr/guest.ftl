# La barre au-dessus du site. Elle ne montre jamais un mot venu du site.
guest-home = Accueil
guest-back = Retour
guest-text = Taille
guest-contrast = Contraste
guest-help = Aide
guest-private = Moment privé
guest-pause = Je reviens
guest-other-browser = Autre navigateur
guest-finish = Terminer et tout effacer
guest-finish-short = Terminer
guest-more = Plus
guest-opening = Le site s’ouvre…
guest-opening-hint = Cela peut prendre quelques secondes.
guest-slow = Le site met du temps à s’ouvrir.
guest-slow-hint = Vous pouvez attendre, ou essayer l’autre navigateur.
guest-page = La page du site
