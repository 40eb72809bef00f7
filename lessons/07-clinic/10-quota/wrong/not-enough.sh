# hint: not-enough
kubectl scale deployment rehearsal --replicas=2
sleep 5
kubectl rollout restart deployment/banquet
sleep 40
