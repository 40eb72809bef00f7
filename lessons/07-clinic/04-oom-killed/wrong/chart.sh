# hint: not-limit
sed -i 's/2 gallery: .*/2 gallery: 150 MB/' chart.txt
# hint: not-porter
sed -i 's/3 porter: .*/3 porter: memory/' chart.txt
# hint: not-which
sed -i 's/1 gallery: .*/1 gallery: web/' chart.txt
# hint: other-container
sed -i 's/2 gallery: .*/2 gallery: 300Mi/' chart.txt
