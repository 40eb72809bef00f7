# hint: not-listens-on
sed -i 's/listens on port  ____/listens on port  80/' chart.txt
