# hint: not-key
sed -i 's/1 billing: ____/1 billing: pass/' chart.txt
