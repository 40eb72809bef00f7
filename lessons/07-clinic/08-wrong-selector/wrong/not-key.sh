# hint: not-key
sed -i 's/1 kiosk: ____/1 kiosk: app/' chart.txt
