# hint: mode-of-link
sed -i 's/3 courier: ____/3 courier: lrwxrwxrwx/' chart.txt
