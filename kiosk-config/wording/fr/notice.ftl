# Ce que le poste fait de vos données. Une idée par ligne.
notice-title = Avant de commencer
notice-erased = À la fin, l’ordinateur efface vos pages et vos documents.
notice-kept = Il ne garde ni votre nom, ni vos mots de passe, ni les sites visités.
notice-counted = Il compte les visites, par mois. Vous verrez ce qui est compté.
notice-helper = Une personne peut vous aider. Vous décidez si elle touche à l’ordinateur.
notice-read = J’ai compris
