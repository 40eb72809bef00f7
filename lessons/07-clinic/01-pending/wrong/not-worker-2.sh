# hint: not-worker-2
sed -i 's/worker-2: ____/worker-2: memory/' chart.txt
