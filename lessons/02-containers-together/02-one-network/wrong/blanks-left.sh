# hint: blanks-left
kubectl get pods
