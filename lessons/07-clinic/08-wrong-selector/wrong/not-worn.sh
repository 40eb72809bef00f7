# hint: not-worn
sed -i 's/3 kiosk: ____/3 kiosk: kiosk/' chart.txt
