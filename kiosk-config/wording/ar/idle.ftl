# لم يلمس أحد شيئا.
idle-title = هل ما زلت هنا؟
idle-text = بدون جواب، تنتهي زيارتك. ويُمسح كل شيء.
idle-left = بقي { $seconds } ث
idle-stay = نعم، أتابع
