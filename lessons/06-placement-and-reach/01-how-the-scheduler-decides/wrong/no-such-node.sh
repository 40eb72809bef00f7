# hint: elsewhere
kubectl run hand --image=nginx:1.27 --overrides='{"spec":{"nodeName":"worker-1"}}'
# hint: no-such-node
kubectl delete pod hand --now
kubectl run hand --image=nginx:1.27 --overrides='{"spec":{"nodeName":"worker2"}}'
sleep 10
