# L’accord, avant que l’aidant touche à l’ordinateur.
consent-title = Une personne propose de vous aider
consent-use = Cette personne va utiliser l’ordinateur avec vous, pendant { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}.
consent-secret = Vos mots de passe sont secrets. Vous les tapez vous-même.
consent-stop = Vous pouvez dire stop à tout moment : touchez « Je reprends la main ».
consent-choose = Choisissez ce qu’elle peut faire
consent-gesture-write = Écrire dans un formulaire
consent-gesture-upload = Envoyer un document
consent-gesture-create-mail = Créer une adresse mail
consent-gesture-create-account = Créer un compte
consent-gesture-read-mail = Lire le message de confirmation
consent-gesture-submit = Valider ou envoyer
consent-gesture-pay = Payer
consent-gesture-print = Imprimer
consent-yes = Oui
consent-no = Non
consent-silence = Sans réponse, c’est non.
consent-seconds = Encore { $seconds } s
consent-minutes = Encore { $minutes } min { $seconds } s
consent-wait = Prenez le temps de lire.
consent-tick = Cochez ce que vous acceptez, ou dites non.
consent-ready = Vous décidez.
