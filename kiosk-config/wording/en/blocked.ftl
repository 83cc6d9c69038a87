# A page that the station does not open.
blocked-title = This page does not open here
blocked-elsewhere = To protect you, this computer only opens the sites of your procedure.
blocked-imitation = Careful: this site imitates an official one. Give it nothing. The computer does not open it.
blocked-address = This address is not that of a site of your procedure.
blocked-away = This site does not answer. It is not your fault. Try again in a while, or ask at the front desk.
blocked-back = Back to my procedure
