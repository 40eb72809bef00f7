# hint: still-trying
kubectl run lottery --image=busybox:1.36 --restart=OnFailure -- false
# hint: no-deadline
sleep 60
