# hint: wrong-oven
kubectl exec $(kubectl get pods -l app=oven --sort-by=.metadata.creationTimestamp -o name | tail -n 1) -- kill -INT 1
sleep 20
