# hint: too-quick
kubectl run good --image=busybox:1.36 --restart=Never -- true
sleep 20
