# hint: not-code
sed -i 's/1 menu: .*/1 menu: 503/' chart.txt
# hint: not-gate
sed -i 's/3 till: .*/3 till: ContainersReady/' chart.txt
# hint: not-seconds
sed -i 's/2 soup: .*/2 soup: 10/' chart.txt
