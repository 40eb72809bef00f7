# hint: blanks-left
kubectl apply -f atlas-notes.yaml
