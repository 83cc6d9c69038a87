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
consent-stop = Vous pouvez dire stop. Touchez le bouton rouge « Je reprends la main ».
consent-erased = À la fin, l’ordinateur efface tout.
consent-counted = L’ordinateur compte les personnes. Il oublie votre nom.
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
consent-paper-where = Le papier est avec vos documents. Vous l’imprimez avant de partir. Vous avez moins de 18 ans ou un tuteur ? Demandez à { $contact }.
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
