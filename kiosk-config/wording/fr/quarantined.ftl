# Le poste ne peut pas servir.
quarantined-title = Ce poste est en nettoyage
quarantined-text = Prenez un autre poste, ou demandez à { $contact }.
out-title = Ce poste ne fonctionne pas
out-text = Prenez un autre poste, ou demandez à l’accueil.
out-staff = Pour l’équipe :
