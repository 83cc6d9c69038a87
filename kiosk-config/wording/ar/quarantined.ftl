# لا يمكن استخدام الجهاز.
quarantined-title = هذا الجهاز قيد التنظيف
quarantined-text = استخدم جهازا آخر، أو اسأل { $contact }.
out-title = هذا الجهاز لا يعمل
out-text = استخدم جهازا آخر، أو اسأل الاستقبال.
out-staff = للفريق:
