# hint: good-restarts
kubectl run good --image=busybox:1.36 -- sleep 5
sleep 30
