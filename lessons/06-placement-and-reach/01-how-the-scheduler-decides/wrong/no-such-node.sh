# hint: no-such-node
kubectl run hand --image=nginx:1.27 --overrides='{"spec":{"nodeName":"worker2"}}'
sleep 10
