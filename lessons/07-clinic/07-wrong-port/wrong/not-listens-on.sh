# hint: not-listens-on
sed -i 's/2 menu: ____/2 menu: 80/' chart.txt
