# hint: not-applied
sed -i -e 's/kind: ____/kind: DaemonSet/' -e 's/fieldPath: ____/fieldPath: nodeName/' lookout.yaml
kubectl apply -f lookout.yaml
sleep 30
