# hint: secret-hunt
kubectl create configmap guard --from-literal=user=1000
sleep 10
