# hint: blanks-left
kubectl apply -f orders.yaml
