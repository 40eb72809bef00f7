# hint: not-free
sed -i 's/1 quota: ____/1 quota: 4/' chart.txt
