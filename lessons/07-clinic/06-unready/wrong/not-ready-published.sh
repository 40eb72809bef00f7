# hint: not-ready-published
kubectl patch service menu -p '{"spec":{"publishNotReadyAddresses":true}}'
sleep 10
