# L’accueil : le poste attend quelqu’un.
welcome-title = Bonjour.
welcome-lead =
    Ce poste est à vous, le temps de votre démarche.
    Ensuite, tout est effacé.
welcome-start = Toucher pour commencer
welcome-verified = Poste nettoyé et vérifié
