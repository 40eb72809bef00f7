# hint: recreated
kubectl delete pod menu --now
kubectl run menu --image=nginx:1.27
sleep 60
