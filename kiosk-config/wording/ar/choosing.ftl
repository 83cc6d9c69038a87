# اختيار الإجراء.
choosing-title = ماذا تريد أن تفعل؟
choosing-search = ابحث: rsa، رخصة…
choosing-free = تصفّح حر
choosing-free-hint = كل المواقع
choosing-practice = تدريب
choosing-practice-hint = ببيانات غير حقيقية
choosing-bring = ما يجب إحضاره:
choosing-plus = FranceConnect+: تُطلب هوية رقمية
choosing-nothing = لا توجد نتيجة.
choosing-nothing-hint = جرّب كلمة أخرى، أو نادِ المساعد.
choosing-app-hint = برنامج على هذا الجهاز، بلا إنترنت.
