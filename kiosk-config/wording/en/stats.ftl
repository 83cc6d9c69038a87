# The place in numbers, for the front desk.
stats-back = Back
stats-stick = Copy to a USB stick
stats-fewer = < { $threshold }
