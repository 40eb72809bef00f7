# hint: tried-once
kubectl run lottery --image=busybox:1.36 --restart=Never -- false
sleep 60
