# The place in numbers, for the front desk.
stats-back = Back
stats-export = Copy the numbers
stats-missing = The numbers cannot be read. Tell IT.
stats-fewer = < { $threshold }
stats-export-title = Copy the numbers
stats-export-period = Which period?
stats-export-shape = In which form?
stats-export-way = Where to?
stats-shape-page = A page to print or to pin up (PDF)
stats-shape-table = A table for a spreadsheet (CSV)
stats-shape-coop = A report for La Coop (JSON)
stats-shape-all = All three
stats-way-folder = Into the shared folder
stats-way-none = No folder is set on this station. IT can choose one.
stats-export-rules = What leaves hides numbers below { $threshold }. What has left once leaves again unchanged.
stats-copy = Copy
stats-sent-asked = One moment…
stats-sent-done = It is copied.
stats-sent-withheld = Nothing is copied: these numbers would give a small number away, or the period is not over.
stats-sent-no-place = Nothing is copied: that place cannot be written to.
stats-sent-nothing = Nothing is copied: there are no numbers yet, or the station cannot read them.
stats-budget = Only the number of visits leaves, with noise. Budget spent in { $year }: ε = { $spent }, { $most } at the most.
