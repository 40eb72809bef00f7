# hint: not-key
sed -i 's/not fit  ____/not fit  app/' chart.txt
