# hint: same-pod-still
kubectl exec deploy/shop -- nginx -s quit
sleep 10
