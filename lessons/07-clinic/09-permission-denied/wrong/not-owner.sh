# hint: not-owner
sed -i 's/2 courier: ____/2 courier: 1000/' chart.txt
