# Ce que la vérification après chaque séance regarde, et quoi faire. Pour l'accueil et l'informatique.
audit-processes = Programmes de la séance
audit-namespaces = Espaces isolés de la séance
audit-files = Fichiers de la séance
audit-held-files = Fichiers de la séance gardés ouverts
audit-runtime = Dossier de l’écran
audit-keyring = Clés gardées par le noyau
audit-print = Impression de la séance
audit-group = Groupe de la séance
audit-mounts = Mémoire réservée à la séance
audit-guests = Programmes au nom du visiteur
audit-keys = Clés du visiteur dans le noyau
audit-shared-memory = Mémoire partagée du visiteur
audit-queues = Files de messages du visiteur
audit-traces = Fichiers du visiteur sur le poste
audit-crashes = Rapports de panne
audit-spool = Impressions en attente ou en mémoire
audit-network = Réseau de la séance
audit-resolver = Noms de sites gardés par le poste
audit-swap = Mémoire copiée sur le disque
audit-core-pattern = Copies de mémoire après une panne
audit-freed-memory = Effacement de la mémoire libérée
audit-limits = Limites de la séance

audit-remedy-restart = Redémarrez le poste. Si cela revient, appelez l’informatique.
audit-remedy-keys = Redémarrez le poste : le noyau oublie les clés.
audit-remedy-traces = Informatique : cherchez les fichiers des numéros d’utilisateur réservés, et ce qui les a écrits.
audit-remedy-crashes = Informatique : effacez les rapports de panne et arrêtez le service qui les écrit (apport, systemd-coredump).
audit-remedy-spool = Informatique : videz la file d’impression, et écrivez PreserveJobHistory No dans cupsd.conf.
audit-remedy-resolver = Informatique : écrivez « resolvers » dans station.toml, pour ne pas passer par le cache du poste.
audit-remedy-swap = Informatique : arrêtez la mémoire d’échange (swapoff -a), ou chiffrez-la.
audit-remedy-core-pattern = Informatique : réglez kernel.core_pattern sur « core » (sysctl).
audit-remedy-freed-memory = Informatique : démarrez avec init_on_free=1, ou écrivez memory_cleared = false dans station.toml.
audit-remedy-limits = Informatique : démarrez avec les groupes de contrôle version 2 (systemd.unified_cgroup_hierarchy=1).
