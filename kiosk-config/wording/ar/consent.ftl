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
consent-secret = كلمات السر الخاصة بك سرية. أنت وحدك تكتبها.
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
consent-silence = عدم الجواب يعني لا.
consent-seconds = بقي { $seconds } ث
consent-minutes = بقي { $minutes } د { $seconds } ث
consent-more-time = وقت أكثر
consent-paper = أريد ورقة للتوقيع
consent-paper-made = الورقة جاهزة
consent-wait = خذ وقتك للقراءة.
consent-tick = ضع علامة على ما توافق عليه، أو قل لا.
consent-ready = القرار لك.
consent-act-submit-title = المساعد يريد التأكيد والإرسال
consent-act-submit = التأكيد يعني إرسال طلبك.
consent-act-pay-title = المساعد يريد الدفع
consent-act-pay = الدفع يعني إعطاء مال. تحقق أولا من المبلغ.
consent-act-read-mail-title = المساعد يريد قراءة رسالة
consent-act-read-mail = سيقرأ رسالة التأكيد في بريدك.
consent-act-check = هل تريد أن ترى الصفحة من جديد؟ قل لا، ثم أعيدا قراءتها معا.
consent-act-once = موافقتك لهذه المرة فقط، الآن.
consent-longer-title = المساعد يطلب وقتا أكثر
consent-longer = { $minutes ->
    [one] دقيقة إضافية واحدة
    [two] دقيقتان إضافيتان
    [few] { $minutes } دقائق إضافية
   *[other] { $minutes } دقيقة إضافية
}، للأفعال نفسها: { $gestures }.
consent-longer-no = إذا قلت لا، يتوقف المساعد في الوقت المحدد.

# ورقة للتوقيع: لمن، ومن تسأل حين لا يمكن ذلك هنا.
consent-paper-whom = لمن هذه الورقة؟
consent-paper-what = تسمى هذه الورقة وكالة. تقول ما يمكن للمساعد أن يفعله ولأي مدة.
consent-paper-not-kept = ينسى الحاسوب جوابك. ولا يعدّه.
consent-paper-adult = لي أنا، وأقرر وحدي
consent-paper-adult-hint = عمري 18 سنة أو أكثر. لست تحت الوصاية ولا تحت أي حماية قضائية.
consent-paper-minor = لشخص قاصر
consent-paper-minor-hint = عمره أقل من 18 سنة.
consent-paper-protected = لشخص راشد تحت الحماية
consent-paper-protected-hint = وصاية أو قوامة أو حماية قضائية أو تفويض عائلي.
consent-paper-minor-title = أقل من 18 سنة: لا وكالة هنا
consent-paper-minor-who = يقرر من يمثله: أحد والديه أو الوصي عليه.
consent-paper-minor-ask = اسأل { $contact }: تبحثان معا عن طريقة للاتصال به.
consent-paper-protected-title = شخص تحت الحماية: لا وكالة هنا
consent-paper-protected-who = يجب المرور بمن يمثله: الشخص الذي عينه القاضي.
consent-paper-protected-ask = اسأل { $contact }: تبحثان معا عن طريقة للاتصال به.
consent-paper-guide = يمكن للمساعد دائما أن يشرح دون أن يلمس الحاسوب. لا حاجة لوكالة في ذلك.
consent-paper-no-printer = لا توجد طابعة هنا
consent-paper-no-printer-ask = اطلب هذه الورقة من { $contact }.
consent-paper-two = هناك نسختان بالفرنسية: واحدة لك وواحدة للمكان.
consent-paper-sign = اقرأها من جديد، ثم وقّعا عليها معا بالقلم قبل أن يبدأ المساعد.
consent-paper-own-signature = في هذا الملف توقّع بنفسك. لا يوقّع المساعد مكانك أبدا.
consent-paper-print = اطبع الآن
consent-paper-again = طُبعت. مرة أخرى؟
consent-paper-back = الرجوع إلى السؤال
