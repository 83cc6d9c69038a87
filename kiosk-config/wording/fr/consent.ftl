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
consent-paper = Je veux un papier à signer
consent-paper-made = Le papier est prêt
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

# Un papier à signer : pour qui, et où aller quand ce n’est pas possible ici.
consent-paper-whom = Pour qui est ce papier ?
consent-paper-what = Ce papier s’appelle un mandat. Il dit ce que l’aidant peut faire, et pour combien de temps.
consent-paper-not-kept = L’ordinateur oublie votre réponse. Il ne la compte pas.
consent-paper-adult = Pour moi, et je décide seul
consent-paper-adult-hint = J’ai 18 ans ou plus. Je ne suis pas sous tutelle, curatelle ou sauvegarde de justice.
consent-paper-minor = Pour une personne mineure
consent-paper-minor-hint = Elle a moins de 18 ans.
consent-paper-protected = Pour une personne protégée
consent-paper-protected-hint = Tutelle, curatelle, sauvegarde de justice ou habilitation familiale.
consent-paper-minor-title = Avant 18 ans, pas de mandat ici
consent-paper-minor-who = C’est son représentant qui décide : un parent ou un tuteur.
consent-paper-minor-ask = Demandez à { $contact } : on voit ensemble comment le joindre.
consent-paper-protected-title = Personne protégée : pas de mandat ici
consent-paper-protected-who = Passez par son représentant : la personne choisie par le juge (tuteur, curateur, mandataire).
consent-paper-protected-ask = Demandez à { $contact } : on voit ensemble comment le joindre.
consent-paper-guide = L’aidant peut toujours expliquer, sans toucher à l’ordinateur. Pour cela, il ne faut pas de mandat.
consent-paper-no-printer = Pas d’imprimante ici
consent-paper-no-printer-ask = Demandez ce papier à { $contact }.
consent-paper-two = Il y a deux exemplaires : un pour vous, un pour le lieu.
consent-paper-sign = Relisez, puis signez tous les deux au stylo, avant que l’aidant commence.
consent-paper-own-signature = Pour ce dossier, vous signez vous-même. L’aidant ne signe jamais à votre place.
consent-paper-print = Imprimer maintenant
consent-paper-again = Imprimé. Encore une fois ?
consent-paper-back = Revenir à la question
