# hint: archive-lost
kubectl delete configmap ledger archive --wait=false
kubectl patch configmap ledger --type=merge -p '{"metadata":{"finalizers":null}}'
