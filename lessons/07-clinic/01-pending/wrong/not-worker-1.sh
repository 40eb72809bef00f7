# hint: not-worker-1
sed -i 's/worker-1: ____/worker-1: cpu/' chart.txt
