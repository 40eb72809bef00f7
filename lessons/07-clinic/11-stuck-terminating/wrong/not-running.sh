# hint: not-running
sed -i 's/running  ____/running  yes/' chart.txt
