# Ce que le poste regarde avant de s'ouvrir. Pour l'accueil et l'informatique.
gate-open = Cette machine est ce que la configuration déclare.
gate-root = Le disque n’est pas protégé comme il est déclaré. Informatique : redémarrez, puis lisez « Forme du disque » dans docs/installation.md.
gate-state = Les statistiques et les codes seraient perdus au redémarrage. Informatique : donnez une partition à /var/lib/estran.
gate-swap = La mémoire peut être copiée sur le disque. Informatique : arrêtez la mémoire d’échange (swapoff -a), ou chiffrez-la.
gate-core-pattern = Après une panne, la mémoire d’un programme serait gardée. Informatique : réglez kernel.core_pattern sur « core » (sysctl).
gate-not-looked = Le poste n’a pas pu être contrôlé. Informatique : systemctl status estran-gate.
