# hint: cache-missing
kubectl apply -f fort.yaml
sleep 30
