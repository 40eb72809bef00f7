# hint: not-needed
sed -i 's/banquet  ____/banquet  1800m/' chart.txt
