# hint: no-pod
echo "10.244.1.5 worker-1" > answer.txt
