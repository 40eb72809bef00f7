# hint: still-404
kubectl exec window -- touch /tmp/health
sleep 30
