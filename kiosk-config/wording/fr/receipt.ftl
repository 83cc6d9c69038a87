# Le reçu du dernier effacement (estranctl receipt).
receipt-none = Aucun effacement n’a encore été noté.
receipt-when = Dernier effacement : { $date }, { $half ->
    [morning] matin
   *[other] après-midi
}.
receipt-clean = Résultat : rien n’est resté.
receipt-residue = Résultat : il restait quelque chose. N’ouvrez pas ce poste, appelez l’informatique.
receipt-probes = Vérifications sans rien trouver : { $nothing } sur { $all }.
receipt-wipe = Durée de l’effacement : environ { $millis } ms.
receipt-memory-cleared = Mémoire rendue : écrasée par le noyau.
receipt-memory-not-cleared = Mémoire rendue : non écrasée (démarrez le noyau avec init_on_free=1).
receipt-swap-none = Mémoire d’échange : aucune.
receipt-swap-memory = Mémoire d’échange : seulement en mémoire.
receipt-swap-encrypted = Mémoire d’échange : chiffrée.
receipt-swap-plain = Mémoire d’échange : en clair sur un disque. Coupez-la ou chiffrez-la.
receipt-excused = Limites d’une visite : ce noyau ne limite pas sa mémoire, et station.toml l’excuse (bounded = false). Seulement pour une machine d’essai.
receipt-counters = Effacements notés : { $clean } sans reste, { $residue } avec un reste.
receipt-signed = Signature : bonne, de cette clé.
receipt-not-signed = Signature : mauvaise. Ce reçu n’est pas de cette clé, ou il a été changé.
