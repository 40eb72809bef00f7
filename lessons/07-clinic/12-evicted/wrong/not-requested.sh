# hint: not-requested
sed -i 's/3 guestbook: ____/3 guestbook: 1900M/' chart.txt
