# hint: blanks-left
kubectl apply -f keeper.yaml
