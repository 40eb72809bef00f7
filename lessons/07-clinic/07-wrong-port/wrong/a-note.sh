# hint: a-note
sed -i 's/decides  ____/decides  containerPort/' chart.txt
