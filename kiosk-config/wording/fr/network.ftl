# La phrase de la notice sur le journal du réseau, selon ce que le lieu déclare.
# Jamais de promesse pour un réseau qui n'est pas celui de la borne.
network-journal-operateur-externe = Le réseau Internet du lieu peut garder l’heure de connexion.
network-journal-aucun-declare = Le lieu déclare ne pas garder l’heure de connexion.
network-journal-inconnu = Nous ne savons pas si le réseau Internet garde l’heure de connexion.
