# hint: pearl-anywhere
kubectl delete pod pearl
kubectl run pearl --image=nginx:1.27
sleep 20
