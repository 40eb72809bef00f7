# hint: mode-of-link
sed -i 's/its mode  ____/its mode  lrwxrwxrwx/' chart.txt
