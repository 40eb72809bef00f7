# hint: not-worn
sed -i 's/have  ____/have  kiosk/' chart.txt
