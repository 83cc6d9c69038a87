# Le journal du réseau, en phrases faciles.
network-journal-operateur-externe = Internet peut garder l’heure de votre visite. C’est la loi.
network-journal-aucun-declare = L’accueil dit qu’il ne garde pas l’heure de votre visite.
network-journal-inconnu = On ne sait pas si Internet garde l’heure de votre visite.
