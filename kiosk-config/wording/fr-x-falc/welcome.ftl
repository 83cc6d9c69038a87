# L’accueil, en phrases faciles.
welcome-lead =
    Cet ordinateur est pour vous maintenant.
    Après, il efface tout.
welcome-start = Touchez ici pour commencer
welcome-verified = L’ordinateur est propre
