# hint: not-worker-3
sed -i 's/worker-3: ____/worker-3: taint/' chart.txt
