# hint: recreated
kubectl get pod billing -o yaml > billing.yaml
kubectl delete pod billing --now
kubectl run billing --image=nginx:1.27
sleep 30
