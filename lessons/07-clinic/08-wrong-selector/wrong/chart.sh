# hint: not-key
sed -i 's/1 kiosk: .*/1 kiosk: app/' chart.txt
# hint: not-wanted
sed -i 's/2 kiosk: .*/2 kiosk: frontend/' chart.txt
# hint: not-worn
sed -i 's/3 kiosk: .*/3 kiosk: kiosk/' chart.txt
# hint: owner-label
sed -i 's/3 kiosk: .*/3 kiosk: front/' chart.txt
