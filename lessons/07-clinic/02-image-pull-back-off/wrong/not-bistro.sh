# hint: not-bistro
sed -i 's/bistro: ____/bistro: repository/' chart.txt
