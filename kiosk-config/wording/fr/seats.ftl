# Les claviers et les souris : à la personne reçue, ou à l’aidant.
seats-none = Aucun clavier ni souris n’a été trouvé.
seats-keyboard = clavier
seats-mouse = souris
seats-both = clavier et souris
seats-visitor = à la personne reçue
seats-helper = à l’aidant
seats-helper-soon = à l’aidant, après le redémarrage
seats-visitor-soon = à la personne reçue, après le redémarrage
seats-unknown = Aucun clavier ni souris à la place « { $place } ». Voyez : estranctl seats list
seats-written = C’est écrit. Redémarrez le poste, ou débranchez et rebranchez l’appareil.
