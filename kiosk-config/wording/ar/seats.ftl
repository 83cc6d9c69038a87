# لوحات المفاتيح والفأرات: للزائر أو للمساعد.
seats-none = لم يُعثر على لوحة مفاتيح ولا فأرة.
seats-keyboard = لوحة مفاتيح
seats-mouse = فأرة
seats-both = لوحة مفاتيح وفأرة
seats-visitor = للزائر
seats-helper = للمساعد
seats-helper-soon = للمساعد، بعد إعادة التشغيل
seats-visitor-soon = للزائر، بعد إعادة التشغيل
seats-unknown = لا لوحة مفاتيح ولا فأرة في « { $place } ». انظر: estranctl seats list
seats-written = تمت الكتابة. أعد تشغيل الجهاز، أو افصل القطعة ثم أعد وصلها.
