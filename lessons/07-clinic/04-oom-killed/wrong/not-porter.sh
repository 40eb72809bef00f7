# hint: not-porter
sed -i 's/probe? ____/probe? memory/' chart.txt
