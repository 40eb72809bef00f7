# hint: blanks-left
kubectl apply -f kiosk.yaml
