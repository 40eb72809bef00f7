# hint: not-patience
kubectl patch deployment soup -p '{"spec":{"template":{"spec":{"containers":[{"name":"web","readinessProbe":{"failureThreshold":30,"initialDelaySeconds":20}}]}}}}'
sleep 90
