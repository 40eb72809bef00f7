# hint: forced
kubectl delete pod ledger-0 --force --wait=false
sleep 20
