# hint: ends-at-once
kubectl run timer --image=busybox:1.36
sleep 60
