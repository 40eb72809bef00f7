# hint: deployment-gone
kubectl exec deploy/shop -- nginx -s quit
sleep 10
kubectl delete deployment shop
sleep 10
