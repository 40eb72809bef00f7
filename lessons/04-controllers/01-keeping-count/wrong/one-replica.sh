# hint: not-three
sed -i -e 's/kind: ____/kind: ReplicaSet/' -e 's/replicas: ____/replicas: 1/' -e 's/app: ____/app: orders/' orders.yaml
kubectl apply -f orders.yaml
sleep 30
