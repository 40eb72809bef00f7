# hint: raced
kubectl apply -f orders.yaml
sleep 60
