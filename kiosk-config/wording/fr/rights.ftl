# La fiche « Ai-je le droit de… ? », pour les aidants.
rights-title = Ai-je le droit de… ?
rights-open = Ai-je le droit ?
rights-short = Le droit
rights-search = Chercher une question
rights-nothing = Rien trouvé. Essayez un autre mot.
rights-yes = Oui
rights-no = Non
rights-only-if = Seulement si…
rights-why = Pourquoi
rights-source = D’où cela vient
rights-list = Toutes les questions
rights-date = Relu le { $date }.
