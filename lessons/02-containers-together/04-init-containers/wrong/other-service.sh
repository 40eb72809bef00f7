# hint: other-service
kubectl create service clusterip db --tcp=5432
sleep 30
# hint: just-now
kubectl create service clusterip ledger --tcp=5432
