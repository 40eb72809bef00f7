# hint: door-removed
kubectl delete daemonset door
sleep 60
