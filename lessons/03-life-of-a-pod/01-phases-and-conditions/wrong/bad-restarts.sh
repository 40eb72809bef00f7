# hint: bad-restarts
kubectl run bad --image=busybox:1.36 -- sh -c 'sleep 2; exit 7'
sleep 30
