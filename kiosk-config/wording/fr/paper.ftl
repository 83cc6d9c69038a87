# Les mots des papiers, en français quelle que soit la langue de l’écran.
paper-gesture-write = Écrire dans un formulaire
paper-gesture-upload = Envoyer un document
paper-gesture-create-mail = Créer une adresse e-mail
paper-gesture-create-account = Créer un compte
paper-gesture-read-mail = Lire le message de confirmation
paper-gesture-submit = Valider ou envoyer la demande
paper-gesture-pay = Payer (accord spécial au moment de payer)
paper-gesture-print = Imprimer
paper-practice = Entraînement (démarche fictive)
paper-minutes = { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}
