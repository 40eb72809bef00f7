# hint: cuckoo-restarted
kubectl rollout restart deployment/cuckoo
sleep 90
