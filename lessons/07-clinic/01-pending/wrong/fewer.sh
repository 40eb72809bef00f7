# hint: fewer
kubectl scale deployment checkout --replicas=0
sleep 20
# hint: running
kubectl delete deployment checkout
