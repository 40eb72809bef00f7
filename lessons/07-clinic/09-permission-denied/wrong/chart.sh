# hint: mode-of-link
sed -i 's/3 courier: .*/3 courier: lrwxrwxrwx/' chart.txt
# hint: not-mode
sed -i 's/3 courier: .*/3 courier: 0644/' chart.txt
# hint: not-owner
sed -i 's/2 courier: .*/2 courier: 1000/' chart.txt
# hint: not-who
sed -i 's/1 courier: .*/1 courier: root/' chart.txt
