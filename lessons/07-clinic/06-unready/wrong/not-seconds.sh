# hint: not-seconds
sed -i 's/2 soup: ____/2 soup: 10/' chart.txt
