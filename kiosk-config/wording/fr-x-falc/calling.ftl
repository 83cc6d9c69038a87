# L’appel à l’aide, en phrases faciles.
calling-title = J’ai besoin d’aide
calling-text = L’aidant voit cet écran de loin.
