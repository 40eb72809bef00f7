# hint: not-gate
sed -i 's/for: ____/for: ContainersReady/' chart.txt
