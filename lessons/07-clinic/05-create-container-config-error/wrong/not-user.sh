# hint: not-user
sed -i 's/run as: ____/run as: 1000/' chart.txt
