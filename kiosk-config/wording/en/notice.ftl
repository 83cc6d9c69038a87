# What the station does with your data. One idea a line.
notice-title = Before you start
notice-erased = At the end, the computer erases your pages and your documents.
notice-kept = It keeps no name, no password and no list of the sites you visit.
notice-counted = It counts visits, month by month. You will see what is counted.
notice-helper = Someone can help you. You decide whether they use the computer.
notice-read = I understand
