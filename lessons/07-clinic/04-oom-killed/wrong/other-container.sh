# hint: other-container
sed -i 's/2 gallery: ____/2 gallery: 300Mi/' chart.txt
