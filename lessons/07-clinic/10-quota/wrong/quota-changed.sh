# hint: quota-changed
kubectl patch resourcequota team -p '{"spec":{"hard":{"requests.cpu":"40"}}}'
sleep 5
kubectl rollout restart deployment/banquet
sleep 40
