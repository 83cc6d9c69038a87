# Les chiffres du lieu, à l’accueil.
stats-back = Retour
stats-export = Copier les chiffres
stats-missing = Les chiffres ne peuvent pas être lus. Prévenez l’informatique.
stats-fewer = < { $threshold }
stats-export-title = Copier les chiffres
stats-export-period = Quelle période ?
stats-export-shape = Sous quelle forme ?
stats-export-way = Où ?
stats-shape-page = Une page à imprimer ou à afficher (PDF)
stats-shape-table = Un tableau pour le tableur (CSV)
stats-shape-coop = Un compte rendu pour La Coop (JSON)
stats-shape-all = Les trois
stats-way-folder = Dans le dossier partagé
stats-way-none = Aucun dossier n’est réglé sur ce poste. L’informatique peut en choisir un.
stats-export-rules = Ce qui sort cache les nombres plus petits que { $threshold }. Ce qui est sorti une fois ressort tel quel.
stats-copy = Copier
stats-sent-asked = Un instant…
stats-sent-done = C’est copié.
stats-sent-withheld = Rien n’est copié : ces chiffres laisseraient deviner un petit nombre, ou la période n’est pas finie.
stats-sent-no-place = Rien n’est copié : on ne peut pas écrire à cet endroit.
stats-sent-nothing = Rien n’est copié : il n’y a pas encore de chiffres, ou le poste ne peut pas les lire.
stats-budget = Seul le nombre de visites sort, avec du bruit. Budget dépensé en { $year } : ε = { $spent }, au plus { $most }.
