# hint: not-wanted
sed -i 's/2 kiosk: ____/2 kiosk: frontend/' chart.txt
