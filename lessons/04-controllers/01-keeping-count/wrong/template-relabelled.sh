# hint: template-relabelled
sed -i -e 's/kind: ____/kind: ReplicaSet/' -e 's/replicas: ____/replicas: 3/' -e 's/app: ____/app: orders/' orders.yaml
kubectl apply -f orders.yaml
sleep 30
kubectl patch rs orders -p '{"spec":{"template":{"metadata":{"labels":{"suspect":"yes"}}}}}'
sleep 30
