# توقف المتصفح.
gone-title = أُغلق الموقع
gone-text = ليس هذا خطأك. يمكنك أن تبدأ من جديد.
gone-restart = ابدأ من جديد
gone-other = جرّب المتصفح الآخر
gone-finish = إنهاء ومسح كل شيء
