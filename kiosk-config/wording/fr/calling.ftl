# L’appel à l’aide, lisible de loin.
calling-title = J’ai besoin d’aide
calling-text = Cet écran se voit de loin.
