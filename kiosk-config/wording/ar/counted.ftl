# ما سيُعدّ من هذه الزيارة.
counted-title = ما سيُعدّ
counted-why = لأرقام المكان: زيارة واحدة أكثر هذا الشهر. لا اسم، ولا ساعة، ولا صفحة.
counted-item = { $list }: { $value }
counted-not = هذه الزيارة لن تُعدّ.
counted-refuse = لا تعدّوا زيارتي
counted-accept = عدّوا زيارتي
counted-complete = التوضيح مع المساعد
counted-close = إغلاق
counted-choose = { $list }: { $value }
