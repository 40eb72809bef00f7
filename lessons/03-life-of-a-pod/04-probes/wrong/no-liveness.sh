# hint: no-liveness
kubectl delete pod archive --now
kubectl run archive --image=nginx:1.27
sleep 30
