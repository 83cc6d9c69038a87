# Nobody has touched anything.
idle-title = Are you still there?
idle-text = Without an answer, your visit ends. Everything is erased.
idle-left = { $seconds } s left
idle-stay = Yes, I am still here
