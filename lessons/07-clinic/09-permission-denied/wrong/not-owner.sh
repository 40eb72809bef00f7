# hint: not-owner
sed -i 's/belongs to user  ____/belongs to user  1000/' chart.txt
