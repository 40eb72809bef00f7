# hint: past-the-scheduler
kubectl patch deployment checkout -p '{"spec":{"template":{"spec":{"nodeName":"worker-1"}}}}'
sleep 40
