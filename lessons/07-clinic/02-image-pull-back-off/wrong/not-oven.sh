# hint: not-oven
sed -i 's/oven: ____/oven: registry/' chart.txt
