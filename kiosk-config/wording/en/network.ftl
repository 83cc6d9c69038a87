# The notice's sentence on the network's journal, as the house declares it.
network-journal-operateur-externe = The Internet network here may keep the time of your connection.
network-journal-aucun-declare = This place declares that it does not keep the time of your connection.
network-journal-inconnu = We do not know whether the Internet network keeps the time of your connection.
