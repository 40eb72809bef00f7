# hint: restarted
kubectl rollout restart deployment/menu
sleep 40
