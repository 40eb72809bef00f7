# hint: not-who
sed -i 's/1 courier: ____/1 courier: root/' chart.txt
