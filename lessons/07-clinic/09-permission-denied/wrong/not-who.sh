# hint: not-who
sed -i 's/runs as user  ____/runs as user  root/' chart.txt
