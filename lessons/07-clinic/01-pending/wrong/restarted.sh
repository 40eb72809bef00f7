# hint: restarted
kubectl rollout restart deployment/mailer
sleep 20
