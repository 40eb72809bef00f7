# hint: deleted-too-early
kubectl run cache --image=redis:7
kubectl delete pod cache
sleep 60
