# hint: not-asked
kubectl apply -f fleet.yaml
kubectl run boat --image=nginx:1.27 --labels=app=boat
sleep 10
# hint: fewer
kubectl run boat-2 --image=nginx:1.27 --labels=app=boat
kubectl patch configmap fleet --type=merge -p '{"data":{"size":"1"}}'
