# hint: blanks-left
kubectl apply -f shop.yaml
