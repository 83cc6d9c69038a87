# Le choix de la démarche, en phrases faciles.
choosing-title = Que voulez-vous faire ?
choosing-search = Chercher un mot
choosing-free = Aller sur Internet
choosing-free-hint = Sur tous les sites
choosing-practice = Essayer pour apprendre
choosing-practice-hint = Ce n’est pas pour de vrai
choosing-bring = Vous avez besoin de :
choosing-nothing = Il n’y a rien pour ce mot.
choosing-nothing-hint = Essayez un autre mot. Ou appelez l’aidant.
choosing-app-hint = Un programme du poste, sans Internet.
