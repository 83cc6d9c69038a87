# Une page que le poste n’ouvre pas, en phrases faciles.
blocked-title = Cette page ne s’ouvre pas
blocked-elsewhere = Ici, on ouvre seulement les sites de votre démarche.
blocked-imitation = Attention. Ce site est un faux site. Ne lui donnez rien.
blocked-address = Cette adresse n’est pas un site de votre démarche.
blocked-away = Le site ne répond pas. Ce n’est pas votre faute. Essayez plus tard.
