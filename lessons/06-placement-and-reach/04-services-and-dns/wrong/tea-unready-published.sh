# hint: tea-unready-published
kubectl patch service tea -p '{"spec":{"publishNotReadyAddresses":true}}'
sleep 5
