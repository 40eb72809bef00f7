# hint: not-key
sed -i 's/1 billing: .*/1 billing: pass/' chart.txt
# hint: not-namespace
sed -i 's/2 poster: .*/2 poster: default/' chart.txt
# hint: not-user
sed -i 's/3 guard: .*/3 guard: 1000/' chart.txt
