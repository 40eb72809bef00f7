# hint: sealed
kubectl delete configmap ledger --wait=false
kubectl delete configmap ledger --force --grace-period=0 --wait=false
sleep 30
