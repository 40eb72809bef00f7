# hint: fewer
kubectl scale deployment bakers --replicas=2
sleep 30
# hint: all-three
kubectl delete deployment bakers
