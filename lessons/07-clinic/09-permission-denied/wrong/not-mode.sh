# hint: not-mode
sed -i 's/its mode  ____/its mode  0644/' chart.txt
