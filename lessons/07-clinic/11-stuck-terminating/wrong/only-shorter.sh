# hint: only-shorter
kubectl patch deployment oven -p '{"spec":{"template":{"spec":{"terminationGracePeriodSeconds":10}}}}'
sleep 90
kubectl delete $(kubectl get pods -l app=oven --sort-by=.metadata.creationTimestamp -o name | tail -n 1)
sleep 30
