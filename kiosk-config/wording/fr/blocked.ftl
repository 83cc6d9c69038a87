# Une page que le poste n'ouvre pas.
blocked-title = Cette page ne s’ouvre pas ici
blocked-elsewhere = Pour vous protéger, ce poste ouvre seulement les sites de votre démarche.
blocked-imitation = Attention : ce site imite un site officiel. Ne lui donnez rien. Le poste ne l’ouvre pas.
blocked-address = Cette adresse n’est pas celle d’un site de votre démarche.
blocked-away = Ce site ne répond pas. Ce n’est pas votre faute. Réessayez dans un moment, ou demandez à l’accueil.
blocked-back = Revenir à ma démarche
