# hint: report-next
kubectl delete secret db
kubectl create secret generic db --from-literal=user=shop --from-literal=password=s3cret
sleep 30
