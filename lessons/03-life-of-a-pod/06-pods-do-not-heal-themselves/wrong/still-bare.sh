# hint: still-bare
kubectl run solo-2 --image=nginx:1.27
sleep 30
kubectl delete pod solo-2
kubectl run solo-3 --image=nginx:1.27
sleep 30
