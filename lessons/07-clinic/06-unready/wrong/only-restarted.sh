# hint: only-restarted
kubectl rollout restart deployment/menu
sleep 60
