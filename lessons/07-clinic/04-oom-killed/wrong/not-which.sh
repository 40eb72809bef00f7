# hint: not-which
sed -i 's/1 gallery: ____/1 gallery: web/' chart.txt
