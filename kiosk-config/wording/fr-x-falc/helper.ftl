# Le bandeau, en phrases faciles.
helper-has-hand = L’aidant utilise l’ordinateur
helped-over = C’est à vous. L’aidant a fini.
helped-wrote = L’aidant a écrit pendant { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}.
helped-clicked = L’aidant a utilisé la souris pendant { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}.
helped-showed = L’aidant a montré pendant { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}.
helped-nothing = L’aidant n’a rien fait.
helped-acts = Vous avez dit oui à : { $acts }.
helper-sensor-mute = L’ordinateur ne reconnaît plus les champs secrets. Il vous demandera à chaque champ.
