# Choosing what to do.
choosing-title = What would you like to do?
choosing-search = Search: rsa, driving…
choosing-free = Browse freely
choosing-free-hint = Any website
choosing-practice = Practise
choosing-practice-hint = With made-up data
choosing-bring = Have at hand:
choosing-plus = FranceConnect+: a digital identity is required
choosing-nothing = Nothing matches.
choosing-nothing-hint = Try another word, or call a helper.
choosing-app-hint = A program of this computer, without Internet.
