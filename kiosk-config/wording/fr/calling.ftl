# L’appel à l’aide, lisible de loin.
calling-title = J’ai besoin d’aide
calling-text = Une personne va voir cet écran.
