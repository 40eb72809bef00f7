# hint: not-gate
sed -i 's/3 till: ____/3 till: ContainersReady/' chart.txt
