# Ce qui sera compté, sur l’écran « Avant de partir ».
counted-title = Ce qui sera compté
counted-why = Pour les chiffres du lieu : une visite de plus ce mois-ci. Ni nom, ni heure, ni page.
counted-item = { $list } : { $value }
counted-not = Cette visite ne sera pas comptée.
counted-refuse = Ne pas compter ma visite
counted-accept = Compter ma visite
counted-complete = Préciser avec l’aidant
counted-close = Fermer
counted-choose = { $list } : { $value }
