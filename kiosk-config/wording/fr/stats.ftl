# Les chiffres du lieu, à l’accueil.
stats-back = Retour
stats-stick = Copier sur une clé USB
stats-fewer = < { $threshold }
