# hint: not-namespace
sed -i 's/2 poster: ____/2 poster: default/' chart.txt
