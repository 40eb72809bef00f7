# hint: published
kubectl patch service orders -p '{"spec":{"publishNotReadyAddresses":true}}'
sleep 5
