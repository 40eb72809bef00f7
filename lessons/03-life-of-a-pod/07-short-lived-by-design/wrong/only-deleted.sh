# hint: only-deleted
kubectl create deployment solo --image=nginx:1.27
sleep 20
kubectl delete pod solo
