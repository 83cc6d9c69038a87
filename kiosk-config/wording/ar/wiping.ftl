# المسح، خطوة بعد خطوة.
wiping-title = الحاسوب يمسح كل شيء
wiping-text = يستغرق هذا بضع ثوان.
wiping-close = إغلاق الصفحات
wiping-erase = مسح الزيارة
wiping-check = تحقق
wiping-done = تم
wiping-now = جار
wiping-later = بعد ذلك
starting-title = الجهاز يستعد
starting-text = يتحقق من أنه لم يبق شيء من قبل.
