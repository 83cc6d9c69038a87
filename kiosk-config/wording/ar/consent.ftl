# الموافقة، قبل أن يلمس المساعد الحاسوب.
consent-title = شخص يقترح مساعدتك
consent-title-show = شخص يريد أن يريك شيئا
consent-title-see = شخص يريد أن يرى صفحتك من بعيد
consent-named = { $name }، { $role }
consent-use = سيستخدم هذا الشخص الحاسوب معك لمدة { $minutes ->
    [one] دقيقة واحدة
    [two] دقيقتين
    [few] { $minutes } دقائق
   *[other] { $minutes } دقيقة
}.
consent-show = سيشير هذا الشخص إلى الصفحة بيد كبيرة لمدة { $minutes ->
    [one] دقيقة واحدة
    [two] دقيقتين
    [few] { $minutes } دقائق
   *[other] { $minutes } دقيقة
}.
consent-show-only = لا يمكنه النقر ولا الكتابة.
consent-see = سيرى هذا الشخص صفحتك من بعيد لمدة { $minutes ->
    [one] دقيقة واحدة
    [two] دقيقتين
    [few] { $minutes } دقائق
   *[other] { $minutes } دقيقة
}.
consent-see-only = لا يمكنه لمس الصفحة.
consent-secret = كلمات السر الخاصة بك سرية. تكتبها بنفسك.
consent-stop = يمكنك أن تقول قف في أي وقت: المس « أستعيد التحكم ».
consent-erased = في النهاية، يمسح الحاسوب صفحاتك ووثائقك.
consent-counted = يعدّ الحاسوب الزيارات. ولا يحتفظ باسمك.
consent-question = هل لديك سؤال؟ اسأل { $contact }. يمكنك أيضا أن تكتب إلى CNIL.
consent-choose = اختر ما يمكنه فعله
consent-again = سنسألك مرة أخرى.
consent-gesture-write = الكتابة في استمارة
consent-gesture-upload = إرسال وثيقة
consent-gesture-create-mail = إنشاء عنوان بريد إلكتروني
consent-gesture-create-account = إنشاء حساب
consent-gesture-read-mail = قراءة رسالة التأكيد
consent-gesture-submit = التأكيد أو الإرسال
consent-gesture-pay = الدفع
consent-gesture-print = الطباعة
consent-yes = نعم
consent-no = لا
consent-silence = بدون جواب، يعني لا.
consent-seconds = بقي { $seconds } ث
consent-minutes = بقي { $minutes } د { $seconds } ث
consent-more-time = وقت أكثر
consent-paper = ورقة للتوقيع
consent-paper-made = الورقة جاهزة
consent-paper-where = الورقة مع مستنداتك: اطبعها قبل أن تغادر. إذا كنت قاصرا أو تحت الوصاية فاسأل { $contact }.
consent-wait = خذ وقتك للقراءة.
consent-tick = ضع علامة على ما توافق عليه، أو قل لا.
consent-ready = القرار لك.
consent-act-submit-title = المساعد يريد التأكيد والإرسال
consent-act-submit = التأكيد يعني إرسال طلبك.
consent-act-pay-title = المساعد يريد الدفع
consent-act-pay = الدفع يعني إعطاء مال. تحقق أولا من المبلغ.
consent-act-read-mail-title = المساعد يريد قراءة رسالة
consent-act-read-mail = سيقرأ رسالة التأكيد في بريدك.
consent-act-check = تريد أن ترى الصفحة من جديد؟ قل لا، ثم اقرآها معا.
consent-act-once = موافقتك لهذه المرة فقط، الآن.
consent-longer-title = المساعد يطلب وقتا أكثر
consent-longer = { $minutes } دقيقة إضافية، للأفعال نفسها: { $gestures }.
consent-longer-no = إذا قلت لا، يتوقف المساعد في الوقت المحدد.
