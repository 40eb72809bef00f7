# hint: wrong-uid
sed -i -e 's/kind: ____/kind: Deployment/' -e "s/uid: ____/uid: atlas/" atlas-notes.yaml
kubectl apply -f atlas-notes.yaml
sleep 5
