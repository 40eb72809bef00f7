# hint: recreated
kubectl create service clusterip settings --tcp=80
kubectl get pod api -o yaml > api.yaml
kubectl replace --force -f api.yaml
sleep 20
