# Les erreurs de configuration, pour l'accueil et l'informatique : ce qui ne va pas, puis quoi faire.
config-ok = La configuration est valable : { $demarches } démarches, { $groups } tuiles, { $languages } langues.
config-count-found = { $count ->
    [one] 1 erreur trouvée.
   *[other] { $count } erreurs trouvées.
}
config-closest = Vouliez-vous écrire « { $near } » ?
config-allowed = Permis : { $list }.

config-unreadable = { $cause ->
    [absent] Le fichier n’existe pas.
    [forbidden] Le fichier existe, mais ce compte n’a pas le droit de le lire.
   *[other] Le fichier ne peut pas être lu.
}
config-unreadable-remedy = Vérifiez que le fichier existe et que l’utilisateur « estran » peut le lire.
config-not-utf8 = Le fichier n’est pas en UTF-8.
config-not-utf8-remedy = Enregistrez-le en UTF-8 dans votre éditeur.
config-too-long-file = Le fichier dépasse 1 Mio.
config-too-long-file-remedy = Vérifiez que c’est bien le bon fichier.
config-syntax = L’écriture n’est pas correcte : { $text }.
config-syntax-remedy = Corrigez cette ligne : guillemets, signe =, crochets.
config-wrong-kind = Cette valeur n’est pas du genre attendu : { $text }.
config-wrong-kind-remedy = Un texte s’écrit entre guillemets, un nombre et true ou false sans guillemets.
config-unknown-key = La clé « { $text } » n’existe pas ici.
config-missing = Il manque « { $text } ».
config-missing-remedy = Ajoutez « { $text } » à cet endroit ; le fichier d’origine montre comment.
config-out-of-range = { $value } n’est pas entre { $min } et { $max }.
config-out-of-range-remedy = Écrivez un nombre entier de { $min } à { $max }.
config-not-among = « { $text } » n’est pas une valeur permise.
config-length = Ce texte est vide ou trop long.
config-length-remedy = Écrivez de 1 à { $max } caractères.
config-count = Cette liste est vide ou trop longue.
config-count-remedy = Écrivez de 1 à { $max } éléments.
config-control-character = Ce texte contient un caractère invisible.
config-control-character-remedy = Effacez-le et tapez le texte de nouveau, sans copier-coller.
config-domain = Ce n’est pas un nom de site.
config-domain-remedy = Écrivez le nom seul, en minuscules, sans https:// ni barre : caf.fr
config-domain-broad = Ce nom permettrait trop de sites.
config-domain-broad-remedy = Écrivez le nom complet du site, par exemple caf.fr ou impots.gouv.fr
config-start = Ce n’est pas une adresse de départ permise.
config-start-remedy = Écrivez une adresse qui commence par https://, sans nom d’utilisateur ni port.
config-start-outside = L’adresse de départ n’est sur aucun des sites de la démarche.
config-start-outside-remedy = Ajoutez son site à « domains », ou corrigez l’adresse.
config-twice = « { $text } » est écrit deux fois.
config-twice-remedy = Gardez une seule des deux lignes, ou changez l’un des noms.
config-same-browser = Le second navigateur est le même que le premier.
config-same-browser-remedy = Écrivez l’autre : firefox ou chromium.
config-printer = Ce n’est pas l’adresse d’une imprimante.
config-printer-remedy = Écrivez son adresse réseau, sans compte ni mot de passe : ipp://192.0.2.10/ipp/print
config-keyboard = Ce n’est pas un nom de clavier.
config-keyboard-remedy = Écrivez un nom XKB, par exemple layout = "fr" et variant = "latin9".
config-key = Ce n’est pas un nom permis.
config-key-remedy = Écrivez de 1 à 40 lettres minuscules sans accent, chiffres ou tirets.
config-hours = Ce ne sont pas des heures d’ouverture.
config-hours-remedy = Écrivez par exemple « 9:00-12:00 14:00-17:00 », dans l’ordre. Rien entre les guillemets veut dire fermé.
config-colour = Ce n’est pas une couleur.
config-colour-remedy = Écrivez un # et six signes, de 0 à 9 et de A à F, par exemple #0E4D73.
config-contrast = Cette couleur se lit mal là où elle sert.
config-contrast-remedy = Choisissez une couleur plus foncée, ou plus claire : le contraste doit être de 4,5 au moins.
config-program = Ce n’est pas le chemin complet d’un programme.
config-program-remedy = Écrivez par exemple /usr/bin/evince.
config-strict-empty = La liste « allowed » est vide : rien ne pourrait s’ouvrir.
config-strict-empty-remedy = Ajoutez des sites à « allowed », ou choisissez un autre mode.
config-left-out = La démarche « { $text } » ne pourrait pas s’ouvrir : son site n’est pas dans la liste « allowed » de [sites].
config-left-out-remedy = Ajoutez son site à « allowed », ou enlevez la démarche.
config-address = Ce n’est pas une adresse permise.
config-address-remedy = Écrivez une adresse IPv4, suivie du port pour un service : 192.168.1.20:631
config-account = Ce n’est pas un nom de compte ou de groupe.
config-account-remedy = Écrivez de 1 à 32 lettres minuscules sans accent, chiffres ou tirets.
config-hour = Ce n’est pas une heure.
config-hour-remedy = Écrivez l’heure avec deux fois deux chiffres, par exemple "19:00".
config-place-id = Ce n’est pas un identifiant de lieu.
config-place-id-remedy = Copiez l’identifiant du lieu dans la cartographie nationale : lettres, chiffres, tirets.
config-folder = Ce n’est pas le chemin complet d’un dossier.
config-folder-remedy = Écrivez par exemple /srv/partage/statistiques, ou laissez vide.
config-collector = On ne peut pas envoyer de mesures à cette adresse.
config-collector-remedy = Écrivez une adresse qui commence par https://, sans nom d’utilisateur, ou laissez vide.
config-rights-form = Cette ligne n’a aucune des formes connues.
config-rights-form-remedy = Commencez-la par la marque d’un titre (# ou ##), par un tiret, ou par un des mots oui, non, seulement si, source et deux-points.
config-rights-place = Cette ligne n’est pas à sa place.
config-rights-place-remedy = L’ordre est : date et note, puis un thème, une question, sa réponse, ses raisons, ses sources.
config-day = Ce n’est pas un jour du calendrier.
config-day-remedy = Écrivez l’année, le mois et le jour, par exemple 2026-11-25.
config-siret = Ce n’est pas un numéro SIRET.
config-siret-remedy = Écrivez ses 14 chiffres.
