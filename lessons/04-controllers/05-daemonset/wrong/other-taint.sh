# hint: other-taint
sed -i -e 's/kind: ____/kind: DaemonSet/' -e 's/fieldPath: ____/fieldPath: spec.nodeName/' lookout.yaml
kubectl apply -f lookout.yaml
kubectl patch daemonset lookout -p '{"spec":{"template":{"spec":{"tolerations":[{"key":"control-plane","operator":"Exists"}]}}}}'
sleep 300
