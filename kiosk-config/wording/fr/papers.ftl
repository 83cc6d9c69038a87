# Les mots des papiers, en français quelle que soit la langue de l’écran.
papers-gesture-write = Écrire dans un formulaire
papers-gesture-upload = Envoyer un document
papers-gesture-create-mail = Créer une adresse e-mail
papers-gesture-create-account = Créer un compte
papers-gesture-read-mail = Lire le message de confirmation
papers-gesture-submit = Valider ou envoyer la demande
papers-gesture-pay = Payer (accord spécial au moment de payer)
papers-gesture-print = Imprimer
papers-practice = Entraînement (démarche fictive)
papers-minutes = { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}
papers-level-show = Montrer la page avec une grande main
papers-level-see = Voir la page de loin
papers-level-act = Écrire et cliquer
papers-acts-none = rien
papers-signature = Pour ce dossier, vous signez vous-même. L’aidant peut écrire, il ne signe jamais à votre place : le dossier ne serait pas reçu (code de la consommation, articles R.721-2 et R.761-1).
