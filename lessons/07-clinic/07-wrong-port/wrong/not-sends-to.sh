# hint: not-sends-to
sed -i 's/sends to port  ____/sends to port  8080/' chart.txt
