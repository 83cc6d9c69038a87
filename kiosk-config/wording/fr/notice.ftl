# Ce que le poste fait de vos données. Une idée par ligne.
notice-title = Avant de commencer
notice-erased = À la fin, l’ordinateur efface vos pages et vos documents.
notice-kept = Il oublie votre nom, vos mots de passe et les sites visités.
notice-sites = Les sites gardent ce que vous leur envoyez.
notice-helper = Une personne peut vous aider. Vous décidez si elle touche à l’ordinateur.
notice-read = J’ai compris
