# hint: a-deployment
sed -i -e 's/kind: ____/kind: Deployment/' -e 's/fieldPath: ____/fieldPath: spec.nodeName/' lookout.yaml
kubectl apply -f lookout.yaml
sleep 30
