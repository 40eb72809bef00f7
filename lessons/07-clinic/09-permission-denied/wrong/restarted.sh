# hint: restarted
kubectl rollout restart deployment/courier
sleep 40
