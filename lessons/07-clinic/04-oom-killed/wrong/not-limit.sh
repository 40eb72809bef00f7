# hint: not-limit
sed -i 's/2 gallery: ____/2 gallery: 150 MB/' chart.txt
