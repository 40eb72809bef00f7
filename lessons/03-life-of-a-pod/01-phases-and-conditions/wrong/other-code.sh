# hint: other-code
kubectl run bad --image=busybox:1.36 --restart=Never -- sh -c 'sleep 2; exit 1'
sleep 30
