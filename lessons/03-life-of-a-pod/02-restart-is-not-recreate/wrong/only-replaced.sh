# hint: only-replaced
kubectl delete pod -l app=shop
sleep 20
