# hint: not-grace
sed -i 's/3 oven: ____/3 oven: 30/' chart.txt
