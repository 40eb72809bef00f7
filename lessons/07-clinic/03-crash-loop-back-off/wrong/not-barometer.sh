# hint: not-barometer
sed -i 's/barometer: ____/barometer: done/' chart.txt
