# L’effacement, étape par étape.
wiping-title = L’ordinateur efface tout
wiping-text = Cela prend quelques secondes.
wiping-close = Fermer les pages
wiping-erase = Effacer la visite
wiping-check = Vérifier
wiping-done = fait
wiping-now = en cours
wiping-later = après
starting-title = Le poste se prépare
starting-text = Il vérifie qu’il ne reste rien d’avant.
