# hint: up
kubectl delete pod archive --now
# hint: no-liveness
kubectl run archive --image=nginx:1.27
sleep 30
