# hint: no-hook
kubectl run waiter --image=nginx:1.27
sleep 20
kubectl delete pod waiter
