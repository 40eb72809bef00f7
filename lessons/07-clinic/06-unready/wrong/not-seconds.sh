# hint: not-seconds
sed -i 's/take: ____/take: 10/' chart.txt
