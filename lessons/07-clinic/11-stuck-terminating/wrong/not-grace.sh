# hint: not-grace
sed -i 's/take  ____/take  30/' chart.txt
