# hint: not-needed
sed -i 's/2 banquet: ____/2 banquet: 1800m/' chart.txt
