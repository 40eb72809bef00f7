# hint: owner-label
sed -i 's/have  ____/have  front/' chart.txt
