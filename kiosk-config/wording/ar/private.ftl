# اللحظة الخاصة.
private-title = دورك الآن
private-field = اكتب كلمة السر بنفسك.
private-helper = لم يعد المساعد يستطيع الكتابة. اطلب منه أن ينظر إلى جهة أخرى.
private-its-me = هذا أنا، أتابع
private-banner = لحظة خاصة: أنت وحدك تكتب
private-over = انتهيت
private-over-ask = انتهيت، يمكن للمساعد أن يطلب من جديد
private-asked = اكتب ما هو سري.
private-alone = أنت وحدك تستطيع الكتابة.
private-doubt = لا يعرف الجهاز هل هذه الخانة سرية.
private-no-secret = ليست سرية
private-returns = بعد ذلك، يواصل المساعد دون أن يسأل مرة أخرى
private-over-returns = انتهيت، يواصل المساعد
