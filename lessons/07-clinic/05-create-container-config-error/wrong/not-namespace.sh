# hint: not-namespace
sed -i 's/of poster: ____/of poster: default/' chart.txt
