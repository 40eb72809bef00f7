# hint: only-deleted
kubectl delete pods -l app=album
sleep 100
