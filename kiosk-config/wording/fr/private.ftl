# Le moment privé.
private-title = C’est à vous
private-field = Tapez votre mot de passe vous-même.
private-helper = L’aidant ne peut plus écrire. Demandez-lui de regarder ailleurs.
private-its-me = C’est moi, je continue
private-banner = Moment privé : vous seul écrivez
private-over = J’ai fini
private-over-ask = J’ai fini, l’aidant peut redemander
private-asked = Tapez ce qui est secret.
private-alone = Vous seul pouvez écrire.
private-doubt = Le poste ne sait pas si ce champ est secret.
private-no-secret = Ce n’est pas un secret
private-returns = Ensuite, l’aidant continue sans redemander
private-over-returns = J’ai fini, l’aidant continue
