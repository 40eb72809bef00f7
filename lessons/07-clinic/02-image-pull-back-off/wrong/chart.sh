# hint: not-bistro
sed -i 's/bistro: .*/bistro: repository/' chart.txt
# hint: not-kettle
sed -i 's/kettle: .*/kettle: tag/' chart.txt
# hint: not-oven
sed -i 's/oven: .*/oven: registry/' chart.txt
