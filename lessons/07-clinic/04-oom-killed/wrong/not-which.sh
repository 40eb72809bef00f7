# hint: not-which
sed -i 's/gets killed: ____/gets killed: web/' chart.txt
