# hint: restarted
kubectl rollout restart deployment/soup
sleep 60
