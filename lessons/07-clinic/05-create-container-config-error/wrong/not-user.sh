# hint: not-user
sed -i 's/3 guard: ____/3 guard: 1000/' chart.txt
