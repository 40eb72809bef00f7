# hint: not-yet-deleted
kubectl apply -f frontdesk.yaml
sleep 20
# hint: not-heard
kubectl delete pod frontdesk
