# Les codes du poste, en ligne de commande. Pour le personnel et l'informatique.

secrets-type = Nouveau code :
secrets-again = Le même code, encore une fois :
secrets-short = Ce code est trop court. Il faut au moins { $least } caractères.
secrets-easy = Ce code est trop facile à deviner. Évitez 111111 et 123456.
secrets-differ = Les deux codes ne sont pas les mêmes. Rien n’a été changé. Recommencez.
secrets-done = Le code est en place.
secrets-forgotten = C’est effacé. La relecture le confirme.
secrets-set = { $name } : présent
secrets-not-set = { $name } : absent
