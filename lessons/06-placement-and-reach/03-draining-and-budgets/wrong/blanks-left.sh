# hint: blanks-left
kubectl apply -f budget.yaml
