# hint: three
sed -i -e 's/kind: ____/kind: ReplicaSet/' -e 's/replicas: ____/replicas: 3/' -e 's/app: ____/app: orders/' orders.yaml
kubectl apply -f orders.yaml
# hint: set-free
sleep 30
# hint: evidence-deleted
kubectl delete $(kubectl get pods -l app=orders -o name | head -n 1)
sleep 30
