# hint: not-wanted
sed -i 's/wants  ____/wants  frontend/' chart.txt
