# hint: restarted
kubectl rollout restart deployment/banquet
sleep 40
