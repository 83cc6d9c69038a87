# What will be counted, on the screen “Before you leave”.
counted-title = What will be counted
counted-why = For the place’s numbers: one more visit this month. No name, no hour, no page.
counted-item = { $list }: { $value }
counted-not = This visit will not be counted.
counted-refuse = Do not count my visit
counted-accept = Count my visit
counted-complete = Complete with the helper
counted-close = Close
counted-choose = { $list }: { $value }
