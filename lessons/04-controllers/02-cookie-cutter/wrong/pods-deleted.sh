# hint: pods-deleted
kubectl delete pods -l app=cake
sleep 60
