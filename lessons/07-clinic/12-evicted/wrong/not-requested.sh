# hint: not-requested
sed -i 's/requested  ____/requested  1900M/' chart.txt
