# hint: other-container
sed -i 's/limit: ____/limit: 300Mi/' chart.txt
