# hint: blanks-left
kubectl apply -f db.yaml
