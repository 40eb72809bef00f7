# hint: till-published
kubectl patch service till -p '{"spec":{"publishNotReadyAddresses":true}}'
sleep 10
