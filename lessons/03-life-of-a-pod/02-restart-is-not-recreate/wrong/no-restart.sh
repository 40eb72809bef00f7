# hint: no-restart
kubectl run phoenix --image=busybox:1.36 --restart=Never -- sh -c 'exit 1'
sleep 20
