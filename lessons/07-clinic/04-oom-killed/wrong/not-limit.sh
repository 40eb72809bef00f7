# hint: not-limit
sed -i 's/limit: ____/limit: 150 MB/' chart.txt
