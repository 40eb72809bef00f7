# hint: was-down
kubectl cordon worker-2
kubectl delete pod -l app=vault
sleep 30
