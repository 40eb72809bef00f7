# hint: atlas-books-nothing
kubectl delete pod atlas
kubectl run atlas --image=nginx:1.27
sleep 20
