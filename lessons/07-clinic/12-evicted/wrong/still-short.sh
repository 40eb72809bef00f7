# hint: still-short
kubectl rollout restart deployment/guestbook
sleep 60
