# hint: a-note
sed -i 's/3 menu: .*/3 menu: containerPort/' chart.txt
# hint: front-door
sed -i 's/3 menu: .*/3 menu: port/' chart.txt
# hint: not-listens-on
sed -i 's/2 menu: .*/2 menu: 80/' chart.txt
# hint: not-sends-to
sed -i 's/1 menu: .*/1 menu: 8080/' chart.txt
