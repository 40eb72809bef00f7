# hint: not-cuckoo
sed -i 's/cuckoo: ____/cuckoo: probe/' chart.txt
