# What the station does with your data. One idea a line.
notice-title = Before you start
notice-erased = At the end, the computer erases your pages and your documents.
notice-kept = It forgets your name, your passwords and the sites you visited.
notice-sites = Websites keep what you send them.
notice-helper = Someone can help you. You decide whether they use the computer.
notice-read = I understand
