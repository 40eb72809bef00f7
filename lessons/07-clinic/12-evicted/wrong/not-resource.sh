# hint: not-resource
sed -i 's/2 guestbook: ____/2 guestbook: ephemeral-storage/' chart.txt
