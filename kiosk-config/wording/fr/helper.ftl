# Le bandeau pendant que l’aidant a la main.
helper-has-hand = L’aidant a la main
helper-left = encore { $minutes } min
helper-left-seconds = encore { $seconds } s
helper-take-back = Je reprends la main
helper-hand-back = Rendre la main
helper-short-write = écrire
helper-short-upload = envoyer un document
helper-short-create-mail = créer une adresse
helper-short-create-account = créer un compte
helper-short-read-mail = lire le message
helper-short-submit = valider
helper-short-pay = payer
helper-short-print = imprimer
