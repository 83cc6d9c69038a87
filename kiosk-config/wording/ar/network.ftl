# جملة الإشعار عن سجل الشبكة، حسب ما يصرّح به المكان.
network-journal-operateur-externe = قد تحتفظ شبكة الإنترنت هنا بوقت الاتصال.
network-journal-aucun-declare = يصرّح المكان بأنه لا يحتفظ بوقت الاتصال.
network-journal-inconnu = لا نعرف هل تحتفظ شبكة الإنترنت بوقت الاتصال.
