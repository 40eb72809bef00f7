# hint: blanks-left
kubectl apply -f trainer.yaml
