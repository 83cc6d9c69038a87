# Le poste ne peut pas servir, en phrases faciles.
quarantined-title = On nettoie cet ordinateur
quarantined-text = Prenez un autre ordinateur. Ou demandez à { $contact }.
out-title = Cet ordinateur est en panne
out-text = Prenez un autre ordinateur. Ou demandez à l’accueil.
