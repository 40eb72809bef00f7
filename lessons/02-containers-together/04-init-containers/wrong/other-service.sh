# hint: other-service
kubectl create service clusterip db --tcp=5432
sleep 30
