# hint: only-deleted
kubectl delete pod $(kubectl get pods -l app=bistro | grep ImagePullBackOff | cut -d' ' -f1)
sleep 60
