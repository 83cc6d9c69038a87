# Statistics: for the front desk, on the sheet of the month, on the screen “Before you leave”.
usage-title = The place in numbers
usage-fewer = fewer than { $threshold }
usage-masked = hidden
usage-about = about { $count }
usage-noisy = about { $count }, with noise (ε = { $epsilon })
usage-visits = Visits
usage-month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
usage-quarter = Quarter { $quarter } of { $year }
usage-none = No numbers yet. A month is shown when it is over.
usage-explained = Numbers below { $threshold } are not shown. A hidden number protects a smaller one. The total is then rounded to 5.
usage-list-mode = Help received
usage-list-posture = Helper’s part
usage-list-thematique = Subject
usage-list-operateur = Service
usage-list-duree = Length
usage-list-issue = Result
usage-list-orientation = Sent to
usage-list-consentement = Agreement to help
usage-list-fin = End of the visit
usage-list-effacement = Erasing
usage-mode-autonome = The person alone
usage-mode-partiellement-autonome = Partly with the helper
usage-mode-entierement-accompagne = Mostly with the helper
usage-posture-je-forme = Teaching the person
usage-posture-j-accompagne = Helping beside them
usage-posture-je-fais = Doing it for them
usage-posture-sans-objet = Not stated
usage-thematique-papiers-elections-citoyennete = Papers, elections
usage-thematique-famille-scolarite = Family, school
usage-thematique-social-sante = Social, health
usage-thematique-travail-formation = Work, training
usage-thematique-logement = Housing
usage-thematique-transports-mobilite = Transport
usage-thematique-argent-impots = Money, taxes
usage-thematique-justice = Justice
usage-thematique-etrangers-europe = Foreigners, Europe
usage-thematique-loisirs-sports-culture = Leisure, sports, culture
usage-thematique-associations = Associations
usage-thematique-email = E-mail
usage-thematique-navigation-sur-internet = Internet
usage-thematique-securite-numerique = Digital safety
usage-thematique-prendre-en-main-du-materiel = Using the computer
usage-thematique-autre = Another subject
usage-operateur-dgfip = Taxes
usage-operateur-cnaf = Caf (family benefits)
usage-operateur-cnam = Health insurance
usage-operateur-cnav = State pension
usage-operateur-agirc-arrco = Agirc-Arrco
usage-operateur-ccmsa = MSA (farming)
usage-operateur-france-travail = France Travail
usage-operateur-la-poste = La Poste
usage-operateur-france-titres = France Titres
usage-operateur-justice = Justice
usage-operateur-energie = Energy voucher
usage-operateur-anah = Anah (housing)
usage-operateur-urssaf = Urssaf
usage-operateur-autre = Another service
usage-operateur-aucun = No service
usage-duree-lt30 = Less than 30 minutes
usage-duree-30-60 = 30 minutes to 1 hour
usage-duree-60-120 = 1 to 2 hours
usage-duree-ge120 = 2 hours or more
usage-issue-terminee = Finished
usage-issue-a-poursuivre = To be continued
usage-issue-orientee = Sent elsewhere
usage-issue-abandonnee = Given up
usage-issue-non-renseigne = Not stated
usage-orientation-operateur-ou-organisme-en-charge = To the service in charge
usage-orientation-aide-aux-demarches-administratives = To help with paperwork
usage-orientation-administration = To a public office
usage-orientation-mediation-numerique = To digital help
usage-orientation-aide-sociale = To social help
usage-orientation-insertion-professionnelle = To help with work
usage-orientation-autre = To another place
usage-orientation-sans-objet = Nowhere
usage-consentement-non-demande = Not asked
usage-consentement-accorde = Accepted
usage-consentement-refuse = Refused
usage-consentement-retire = Accepted, then taken back
usage-consentement-mandat-imprime = Accepted, mandate printed
usage-fin-usager = By the person
usage-fin-aidant = By the front desk
usage-fin-inactivite = Nobody at the screen any more
usage-fin-panne = Because of a breakdown
usage-effacement-ok = Everything is erased
usage-effacement-echec = Erasing failed
