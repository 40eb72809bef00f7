# hint: new-window
kubectl delete pod window
kubectl run window --image=nginx:1.27
sleep 30
