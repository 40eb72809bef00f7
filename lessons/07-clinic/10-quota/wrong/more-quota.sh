# hint: more-quota
kubectl delete resourcequota team
sleep 10
kubectl rollout restart deployment/bakery
sleep 20
