# L’accord, avant que l’aidant touche à l’ordinateur.
consent-title = Une personne propose de vous aider
consent-use = Cette personne va utiliser l’ordinateur avec vous, pendant { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
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
consent-seconds = Encore { $seconds } s
consent-minutes = Encore { $minutes } min { $seconds } s
consent-wait = Prenez le temps de lire.
consent-tick = Cochez ce que vous acceptez, ou dites non.
consent-ready = Vous décidez.
consent-title-show = Une personne veut vous montrer
consent-title-see = Une personne veut voir votre page de loin
consent-named = { $name }, { $role }
consent-show = Cette personne va montrer la page avec une grande main, pendant { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}.
consent-show-only = Elle ne peut ni cliquer ni écrire.
consent-see = Cette personne va voir votre page de loin, pendant { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}.
consent-see-only = Elle ne peut pas toucher à la page.
consent-erased = À la fin, l’ordinateur efface vos pages et vos documents.
consent-counted = L’ordinateur compte les visites. Il ne garde pas votre nom.
consent-question = Une question ? Demandez à { $contact }. Vous pouvez aussi écrire à la CNIL.
consent-again = On vous redemandera.
consent-more-time = Plus de temps
consent-paper = Un papier à signer
consent-paper-made = Le papier est prêt
consent-paper-where = Il est avec vos documents : imprimez-le avant de partir. Mineur, tutelle, curatelle : pas ici, demandez à { $contact }.
consent-act-submit-title = L’aidant veut valider et envoyer
consent-act-submit = Valider, c’est envoyer votre demande.
consent-act-pay-title = L’aidant veut payer
consent-act-pay = Payer, c’est donner de l’argent. Vérifiez d’abord le prix.
consent-act-read-mail-title = L’aidant veut lire un message
consent-act-read-mail = Il va lire le message de confirmation, dans votre messagerie.
consent-act-check = Vous voulez revoir la page ? Dites non, puis relisez ensemble.
consent-act-once = Votre accord vaut pour cette fois, maintenant.
consent-longer-title = L’aidant demande plus de temps
consent-longer = Encore { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}, pour les mêmes gestes : { $gestures }.
consent-longer-no = Si vous dites non, l’aidant s’arrête à l’heure prévue.
