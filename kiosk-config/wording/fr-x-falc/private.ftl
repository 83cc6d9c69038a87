# Le moment privé, en phrases faciles.
private-field = Tapez vous-même votre mot de passe.
private-helper = L’aidant ne peut plus écrire. Dites-lui de tourner la tête.
private-its-me = C’est moi
private-banner = Vous êtes seul à écrire
private-over-ask = J’ai fini. L’aidant peut demander encore
private-asked = Tapez votre secret.
private-alone = Vous êtes seul à écrire.
private-doubt = L’ordinateur ne sait pas si c’est secret.
private-no-secret = Ce n’est pas un secret
private-returns = Après, l’aidant peut continuer tout de suite
private-over-returns = J’ai fini, l’aidant continue
