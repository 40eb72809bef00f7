# hint: not-barometer
sed -i 's/barometer: .*/barometer: done/' chart.txt
# hint: not-cuckoo
sed -i 's/cuckoo: .*/cuckoo: probe/' chart.txt
# hint: not-sundial
sed -i 's/sundial: .*/sundial: done/' chart.txt
