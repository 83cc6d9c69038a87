# La pause, en phrases faciles.
pause-choose = Avec ces images, vous pourrez revenir. Retenez l’image 1, l’image 2, l’image 3.
pause-start = Faire une pause
pause-resume = C’est vous ? Touchez vos 3 images. D’abord l’image 1.
pause-wrong = Ce n’est pas cela. Essayez encore.
pause-left = Encore { $minutes } minutes. Après, l’ordinateur efface tout.
pause-left-seconds = Encore { $seconds } secondes. Après, l’ordinateur efface tout.
pause-rest = Ce n’est pas cela, 3 fois. Attendez 30 secondes.
