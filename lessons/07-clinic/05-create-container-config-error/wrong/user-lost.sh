# hint: user-lost
kubectl delete secret db
kubectl create secret generic db --from-literal=pass=s3cret --from-literal=password=s3cret
sleep 30
