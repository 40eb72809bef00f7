# hint: not-kettle
sed -i 's/kettle: ____/kettle: tag/' chart.txt
