# hint: a-note
sed -i 's/3 menu: ____/3 menu: containerPort/' chart.txt
