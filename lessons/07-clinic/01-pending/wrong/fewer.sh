# hint: fewer
kubectl scale deployment checkout --replicas=0
sleep 20
