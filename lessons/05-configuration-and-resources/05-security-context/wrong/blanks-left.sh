# hint: blanks-left
kubectl apply -f plain.yaml
