# hint: not-asked
kubectl apply -f fleet.yaml
kubectl run boat --image=nginx:1.27 --labels=app=boat
sleep 10
