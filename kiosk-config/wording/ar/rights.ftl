# ورقة «هل يحق لي…؟» للمساعدين. محتواها بالفرنسية.
rights-title = هل يحق لي…؟
rights-open = هل يحق لي؟
rights-short = القانون
rights-search = ابحث عن سؤال
rights-nothing = لا نتيجة. جرّب كلمة أخرى.
rights-yes = نعم
rights-no = لا
rights-only-if = فقط إذا…
rights-why = لماذا
rights-source = المصدر
rights-list = كل الأسئلة
rights-date = آخر مراجعة { $date }.
