# الشريط فوق الموقع. لا يعرض أبدا كلمة من الموقع.
guest-home = البداية
guest-back = رجوع
guest-text = الحجم
guest-contrast = التباين
guest-help = مساعدة
guest-private = لحظة خاصة
guest-pause = سأعود
guest-other-browser = متصفح آخر
guest-finish = إنهاء ومسح كل شيء
guest-finish-short = إنهاء
guest-more = المزيد
guest-opening = الموقع يُفتح…
guest-opening-hint = قد يستغرق هذا بضع ثوان.
guest-slow = الموقع بطيء في الفتح.
guest-slow-hint = يمكنك الانتظار، أو تجربة المتصفح الآخر.
guest-page = صفحة الموقع
