# hint: no-deadline
kubectl run lottery --image=busybox:1.36 --restart=OnFailure -- false
sleep 60
