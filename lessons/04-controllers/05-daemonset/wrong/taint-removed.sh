# hint: still-tainted
sed -i -e 's/kind: ____/kind: DaemonSet/' -e 's/fieldPath: ____/fieldPath: spec.nodeName/' lookout.yaml
kubectl apply -f lookout.yaml
kubectl taint node control-plane node-role.kubernetes.io/control-plane-
sleep 30
