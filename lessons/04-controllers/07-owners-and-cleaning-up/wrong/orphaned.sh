# hint: orphaned
sed -i -e 's/kind: ____/kind: Deployment/' -e "s/uid: ____/uid: $(kubectl get deploy atlas -o jsonpath='{.metadata.uid}')/" atlas-notes.yaml
kubectl apply -f atlas-notes.yaml
kubectl delete deployment atlas --cascade=orphan
sleep 5
