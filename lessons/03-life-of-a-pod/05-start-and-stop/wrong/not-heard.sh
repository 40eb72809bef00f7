# hint: not-heard
kubectl apply -f frontdesk.yaml
sleep 20
kubectl delete pod frontdesk
