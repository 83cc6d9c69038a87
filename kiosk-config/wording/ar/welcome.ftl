# الاستقبال: الجهاز ينتظر شخصا.
welcome-title = مرحبا.
welcome-lead =
    هذا الجهاز لك طوال مدة إجرائك.
    بعد ذلك يُمسح كل شيء.
welcome-start = المس للبدء
welcome-verified = الجهاز نظيف وتم التحقق منه
