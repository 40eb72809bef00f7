# hint: deleted
kubectl delete pod shop-2 --now
sleep 10
