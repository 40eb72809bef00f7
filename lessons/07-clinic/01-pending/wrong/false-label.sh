# hint: false-label
kubectl label node worker-3 net=fast
sleep 30
