# L’accord, en phrases faciles : une idée par phrase.
consent-title = Une personne veut vous aider
consent-use = Elle va utiliser l’ordinateur avec vous. Cela dure { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}.
consent-title-show = Une personne veut vous montrer
consent-show = Elle va montrer avec une grande main sur l’écran. Cela dure { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}.
consent-show-only = Elle n’écrit pas. Elle ne clique pas.
consent-see-only = Elle regarde seulement.
consent-secret = Vos mots de passe sont des secrets. C’est vous qui les tapez.
consent-stop = Vous pouvez dire stop. Touchez « Je reprends la main », en haut de l’écran.
consent-erased = À la fin, l’ordinateur efface tout.
consent-counted = L’ordinateur compte les visites. Il ne garde pas votre nom.
consent-question = Une question ? Parlez à { $contact }. La CNIL aussi peut vous aider : elle protège vos données.
consent-choose = Dites ce que la personne peut faire
consent-again = On vous demandera encore avant.
consent-gesture-write = Écrire dans la page
consent-gesture-upload = Envoyer un papier
consent-gesture-create-mail = Créer une adresse mail pour vous
consent-gesture-create-account = Créer un compte pour vous
consent-gesture-read-mail = Lire un mail pour vous
consent-gesture-submit = Envoyer votre demande
consent-gesture-pay = Payer
consent-gesture-print = Imprimer
consent-silence = Si vous ne répondez pas, c’est non.
consent-wait = Lisez d’abord.
consent-tick = Touchez les carrés. Ou dites non.
consent-ready = C’est vous qui décidez.
consent-paper = Je veux un papier à signer
consent-paper-made = Le papier est prêt
consent-more-time = J’ai besoin de temps
consent-act-submit-title = On envoie votre demande ?
consent-act-submit = La personne va envoyer votre demande.
consent-act-pay-title = On paie ?
consent-act-pay = La personne va payer avec votre argent. Regardez d’abord le prix.
consent-act-read-mail-title = On lit votre mail ?
consent-act-read-mail = La personne va lire un mail pour vous.
consent-act-check = Vous voulez encore regarder la page ? Dites non.
consent-act-once = C’est pour une seule fois.
consent-longer-title = La personne veut continuer
consent-longer = Elle veut rester { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
} de plus. Elle fera les mêmes choses : { $gestures }.
consent-longer-no = Si vous dites non, elle s’arrête bientôt.

# Un papier à signer, en phrases faciles.
consent-paper-what = Ce papier s’appelle un mandat. Un mandat dit ce que l’aidant peut faire pour vous.
consent-paper-not-kept = L’ordinateur oublie votre réponse.
consent-paper-adult = C’est pour moi
consent-paper-adult-hint = J’ai 18 ans ou plus. Je décide seul. Je n’ai pas de tuteur. Je n’ai pas de curateur.
consent-paper-minor = C’est pour un enfant ou un jeune
consent-paper-minor-hint = Il a moins de 18 ans.
consent-paper-protected = C’est pour une personne protégée
consent-paper-protected-hint = Un juge a choisi quelqu’un pour l’aider. Par exemple un tuteur ou un curateur.
consent-paper-minor-title = Moins de 18 ans : pas de papier ici
consent-paper-minor-who = Un parent ou un tuteur décide.
consent-paper-minor-ask = Parlez à { $contact }. Vous cherchez ensemble.
consent-paper-protected-title = Personne protégée : pas de papier ici
consent-paper-protected-who = Parlez d’abord au tuteur ou au curateur. C’est la personne choisie par le juge.
consent-paper-protected-ask = Parlez à { $contact }. Vous cherchez ensemble.
consent-paper-guide = L’aidant peut expliquer avec des mots. Pour cela, il ne faut pas de papier.
consent-paper-no-printer = Il n’y a pas d’imprimante ici
consent-paper-no-printer-ask = Demandez le papier à { $contact }.
consent-paper-two = Il y a deux papiers. Un pour vous. Un pour le lieu.
consent-paper-sign = Lisez le papier. Signez avec un stylo. L’aidant signe aussi. Après, il commence.
consent-paper-own-signature = Ici, c’est vous qui signez. L’aidant ne signe pas pour vous.
consent-paper-print = Imprimer le papier
consent-paper-again = C’est imprimé. Encore une fois ?
consent-paper-back = Revenir à la question
