# hint: not-porter
sed -i 's/3 porter: ____/3 porter: memory/' chart.txt
