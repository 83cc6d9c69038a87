# أخطاء الإعداد، للاستقبال وفريق المعلوماتية: ما الخطأ، ثم ماذا نفعل.
config-ok = الإعداد صحيح: { $demarches } إجراء، { $groups } مربعات، { $languages } لغات.
config-count-found = { $count ->
    [one] خطأ واحد.
   *[other] عدد الأخطاء: { $count }.
}
config-closest = هل تقصد « { $near } »؟
config-allowed = المسموح: { $list }.

config-unreadable = { $cause ->
    [absent] الملف غير موجود.
    [forbidden] الملف موجود، لكن هذا الحساب لا يملك حق قراءته.
   *[other] لا يمكن قراءة الملف.
}
config-unreadable-remedy = تحقق من أن الملف موجود وأن المستخدم « estran » يستطيع قراءته.
config-not-utf8 = الملف ليس بترميز UTF-8.
config-not-utf8-remedy = احفظه بترميز UTF-8 في المحرر.
config-too-long-file = الملف أكبر من 1 ميبيبايت.
config-too-long-file-remedy = تحقق من أنه الملف الصحيح.
config-syntax = الكتابة غير صحيحة: { $text }.
config-syntax-remedy = صحّح هذا السطر: علامات التنصيص، علامة =، الأقواس.
config-wrong-kind = هذه القيمة ليست من النوع المطلوب: { $text }.
config-wrong-kind-remedy = يُكتب النص بين علامتي تنصيص، والعدد و true و false بدونهما.
config-unknown-key = المفتاح « { $text } » غير موجود هنا.
config-missing = ينقص « { $text } ».
config-missing-remedy = أضف « { $text } » هنا؛ الملف الأصلي يبيّن كيف.
config-out-of-range = { $value } ليس بين { $min } و { $max }.
config-out-of-range-remedy = اكتب عددا صحيحا من { $min } إلى { $max }.
config-not-among = « { $text } » قيمة غير مسموح بها.
config-length = هذا النص فارغ أو طويل جدا.
config-length-remedy = اكتب من 1 إلى { $max } حرفا.
config-count = هذه القائمة فارغة أو طويلة جدا.
config-count-remedy = اكتب من 1 إلى { $max } عنصرا.
config-control-character = يحتوي هذا النص على حرف غير مرئي.
config-control-character-remedy = احذفه واكتب النص من جديد، بدون نسخ ولصق.
config-domain = هذا ليس اسم موقع.
config-domain-remedy = اكتب الاسم وحده، بحروف صغيرة، بدون https:// ولا شرطة مائلة: caf.fr
config-domain-broad = هذا الاسم يسمح بمواقع كثيرة جدا.
config-domain-broad-remedy = اكتب اسم الموقع كاملا، مثل caf.fr أو impots.gouv.fr
config-start = هذا ليس عنوان بداية مسموحا به.
config-start-remedy = اكتب عنوانا يبدأ بـ https://، بدون اسم مستخدم ولا منفذ.
config-start-outside = عنوان البداية ليس في أي موقع من مواقع الإجراء.
config-start-outside-remedy = أضف موقعه إلى « domains »، أو صحّح العنوان.
config-twice = « { $text } » مكتوب مرتين.
config-twice-remedy = احتفظ بسطر واحد فقط، أو غيّر أحد الاسمين.
config-same-browser = المتصفح الثاني هو نفسه الأول.
config-same-browser-remedy = اكتب الآخر: firefox أو chromium.
config-keyboard = هذا ليس اسم لوحة مفاتيح.
config-keyboard-remedy = اكتب اسما من XKB، مثل layout = "fr" و variant = "latin9".
config-key = هذا الاسم غير مسموح به.
config-key-remedy = اكتب من 1 إلى 40 حرفا لاتينيا صغيرا بدون علامات، أو أرقاما أو شرطات.
