# hint: term-again
kubectl exec $(kubectl get pods -l app=oven --sort-by=.metadata.creationTimestamp -o name | head -n 1) -- kill -TERM 1
sleep 20
