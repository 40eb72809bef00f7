# hint: blanks-left
kubectl apply -f menu.yaml
