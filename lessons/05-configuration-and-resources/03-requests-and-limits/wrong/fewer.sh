# hint: fewer
kubectl scale deployment bakers --replicas=2
sleep 30
