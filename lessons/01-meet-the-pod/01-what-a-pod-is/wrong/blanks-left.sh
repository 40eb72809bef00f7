# hint: blanks-left
kubectl apply -f hello.yaml
