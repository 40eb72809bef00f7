# hint: new-set
kubectl delete statefulset ledger --wait=false
sleep 20
