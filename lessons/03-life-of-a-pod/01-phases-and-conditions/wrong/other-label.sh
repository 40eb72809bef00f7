# hint: other-label
kubectl label node worker-1 disk-type=ssd
sleep 30
