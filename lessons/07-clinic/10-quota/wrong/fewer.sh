# hint: fewer
kubectl scale deployment banquet --replicas=0
sleep 10
