# hint: front-door
sed -i 's/3 menu: ____/3 menu: port/' chart.txt
