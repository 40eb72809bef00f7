# hint: not-sundial
sed -i 's/sundial: ____/sundial: done/' chart.txt
