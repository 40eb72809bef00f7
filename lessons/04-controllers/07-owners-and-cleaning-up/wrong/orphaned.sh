# hint: not-applied
sed -i -e 's/kind: ____/kind: Deployment/' -e "s/uid: ____/uid: $(kubectl get deploy atlas -o jsonpath='{.metadata.uid}')/" atlas-notes.yaml
# hint: owned
kubectl create configmap atlas-notes --from-file=atlas-notes.yaml
# hint: orphaned
kubectl apply -f atlas-notes.yaml
kubectl delete deployment atlas --cascade=orphan
sleep 5
