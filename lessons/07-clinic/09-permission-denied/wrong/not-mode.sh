# hint: not-mode
sed -i 's/3 courier: ____/3 courier: 0644/' chart.txt
