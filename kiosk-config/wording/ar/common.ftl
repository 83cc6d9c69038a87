# كلمات مشتركة بين كل الشاشات.
back = رجوع
tool-text = الحجم
tool-contrast = التباين
tool-help = نادِ المساعد
ask-contact = اسأل { $contact }.
listen = استماع
listen-stop = إيقاف الصوت
voice-missing = الصوت لا يعمل على هذا الجهاز. اطلب من شخص أن يقرأ لك.
