# hint: container-name
kubectl run cache --image=redis:7
sleep 30
kubectl delete pod cache
