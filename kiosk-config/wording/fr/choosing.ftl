# Le choix de la démarche.
choosing-title = Que voulez-vous faire ?
choosing-search = Chercher : rsa, permis…
choosing-free = Naviguer librement
choosing-free-hint = Tous les sites
choosing-practice = M’entraîner
choosing-practice-hint = Avec de fausses données
choosing-bring = À prévoir :
choosing-plus = FranceConnect+ : une identité numérique est demandée
choosing-nothing = Rien ne correspond.
choosing-nothing-hint = Essayez un autre mot, ou appelez l’aidant.
choosing-app-hint = Un programme de ce poste, sans Internet.
