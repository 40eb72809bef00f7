# hint: labels-differ
sed -i -e 's/kind: ____/kind: ReplicaSet/' -e 's/replicas: ____/replicas: 3/' -e 's/app: ____/app: order/' orders.yaml
kubectl apply -f orders.yaml
