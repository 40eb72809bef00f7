# hint: not-sends-to
sed -i 's/1 menu: ____/1 menu: 8080/' chart.txt
