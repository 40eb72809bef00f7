# hint: still-pending
kubectl rollout restart deployment/checkout
sleep 20
