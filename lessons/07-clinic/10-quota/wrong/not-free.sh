# hint: not-free
sed -i 's/quota  ____/quota  4/' chart.txt
