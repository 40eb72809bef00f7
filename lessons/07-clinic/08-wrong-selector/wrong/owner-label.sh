# hint: owner-label
sed -i 's/3 kiosk: ____/3 kiosk: front/' chart.txt
