# hint: not-code
sed -i 's/gets: ____/gets: 503/' chart.txt
