# Les statistiques : à l’accueil, dans la feuille du mois, sur l’écran « Avant de partir ».
usage-title = Chiffres du lieu
usage-fewer = moins de { $threshold }
usage-masked = masqué
usage-about = environ { $count }
usage-noisy = environ { $count }, avec du bruit (ε = { $epsilon })
usage-visits = Visites
usage-month = { $month ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[12] décembre
} { $year }
usage-quarter = { $quarter ->
    [1] 1er
   *[other] { $quarter }e
} trimestre { $year }
usage-none = Pas encore de chiffres. Un mois se montre quand il est fini.
usage-explained = Les nombres plus petits que { $threshold } ne sont pas montrés. Un nombre masqué protège un nombre plus petit. Le total est alors arrondi à 5.
usage-list-mode = Aide reçue
usage-list-posture = Rôle de l’aidant
usage-list-thematique = Sujet
usage-list-operateur = Service
usage-list-duree = Durée
usage-list-issue = Résultat
usage-list-orientation = Orientation
usage-list-consentement = Accord pour aider
usage-list-fin = Fin de la visite
usage-list-effacement = Effacement
usage-mode-autonome = La personne seule
usage-mode-partiellement-autonome = Une partie avec l’aidant
usage-mode-entierement-accompagne = Presque tout avec l’aidant
usage-posture-je-forme = Apprendre à la personne
usage-posture-j-accompagne = Aider à côté
usage-posture-je-fais = Faire à la place
usage-posture-sans-objet = Non précisé
usage-thematique-papiers-elections-citoyennete = Papiers, élections
usage-thematique-famille-scolarite = Famille, école
usage-thematique-social-sante = Social, santé
usage-thematique-travail-formation = Travail, formation
usage-thematique-logement = Logement
usage-thematique-transports-mobilite = Transports
usage-thematique-argent-impots = Argent, impôts
usage-thematique-justice = Justice
usage-thematique-etrangers-europe = Étrangers, Europe
usage-thematique-loisirs-sports-culture = Loisirs, sports, culture
usage-thematique-associations = Associations
usage-thematique-email = E-mail
usage-thematique-navigation-sur-internet = Internet
usage-thematique-securite-numerique = Sécurité numérique
usage-thematique-prendre-en-main-du-materiel = Utiliser l’ordinateur
usage-thematique-autre = Autre sujet
usage-operateur-dgfip = Impôts
usage-operateur-cnaf = Caf
usage-operateur-cnam = Assurance maladie
usage-operateur-cnav = Assurance retraite
usage-operateur-agirc-arrco = Agirc-Arrco
usage-operateur-ccmsa = MSA
usage-operateur-france-travail = France Travail
usage-operateur-la-poste = La Poste
usage-operateur-france-titres = France Titres
usage-operateur-justice = Justice
usage-operateur-energie = Chèque énergie
usage-operateur-anah = Anah
usage-operateur-urssaf = Urssaf
usage-operateur-autre = Autre service
usage-operateur-aucun = Aucun service
usage-duree-lt30 = Moins de 30 minutes
usage-duree-30-60 = De 30 minutes à 1 heure
usage-duree-60-120 = De 1 à 2 heures
usage-duree-ge120 = 2 heures ou plus
usage-issue-terminee = Démarche terminée
usage-issue-a-poursuivre = À continuer
usage-issue-orientee = Orientée ailleurs
usage-issue-abandonnee = Abandonnée
usage-issue-non-renseigne = Non précisé
usage-orientation-operateur-ou-organisme-en-charge = Vers le service en charge
usage-orientation-aide-aux-demarches-administratives = Vers une aide aux démarches
usage-orientation-administration = Vers une administration
usage-orientation-mediation-numerique = Vers une aide au numérique
usage-orientation-aide-sociale = Vers une aide sociale
usage-orientation-insertion-professionnelle = Vers une aide à l’emploi
usage-orientation-autre = Vers un autre lieu
usage-orientation-sans-objet = Aucune
usage-consentement-non-demande = Pas demandé
usage-consentement-accorde = Accepté
usage-consentement-refuse = Refusé
usage-consentement-retire = Accepté puis repris
usage-consentement-mandat-imprime = Accepté, mandat imprimé
usage-fin-usager = Par la personne
usage-fin-aidant = Par l’accueil
usage-fin-inactivite = Plus personne devant l’écran
usage-fin-panne = À cause d’une panne
usage-effacement-ok = Tout est effacé
usage-effacement-echec = Effacement manqué
