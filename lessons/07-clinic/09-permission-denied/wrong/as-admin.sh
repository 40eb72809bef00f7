# hint: as-admin
kubectl rollout restart deployment/oven
sleep 20
