# hint: front-door
sed -i 's/decides  ____/decides  port/' chart.txt
