# Ce qui sera compté, en phrases faciles.
counted-title = Nous comptons les visites
counted-why = Nous comptons une visite de plus ce mois. Nous n’écrivons pas votre nom. Nous n’écrivons pas l’heure. Nous n’écrivons pas ce que vous avez lu.
counted-not = Nous ne comptons pas votre visite.
counted-refuse = Ne comptez pas ma visite
counted-accept = Comptez ma visite
counted-complete = L’aidant peut ajouter quelque chose
