# hint: on-each
sed -i -e 's/kind: ____/kind: DaemonSet/' -e 's/fieldPath: ____/fieldPath: metadata.name/' lookout.yaml
kubectl apply -f lookout.yaml
# hint: pod-name
sleep 30
