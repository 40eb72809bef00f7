# hint: not-code
sed -i 's/1 menu: ____/1 menu: 503/' chart.txt
