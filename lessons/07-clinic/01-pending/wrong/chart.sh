# hint: not-worker-1
sed -i 's/worker-1: .*/worker-1: cpu/' chart.txt
# hint: not-worker-2
sed -i 's/worker-2: .*/worker-2: memory/' chart.txt
# hint: not-worker-3
sed -i 's/worker-3: .*/worker-3: taint/' chart.txt
