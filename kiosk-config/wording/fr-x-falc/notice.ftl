# Ce que le poste fait de vos données, en phrases faciles.
notice-erased = À la fin, l’ordinateur efface tout.
notice-kept = Il oublie votre nom. Il oublie vos mots de passe.
notice-sites = Les sites, eux, gardent ce que vous envoyez.
notice-helper = Une personne peut vous aider. C’est vous qui dites oui ou non.
