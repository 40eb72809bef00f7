# hint: killed
kubectl delete $(kubectl get pods -l app=oven --sort-by=.metadata.creationTimestamp -o name | head -n 1) --force
sleep 20
