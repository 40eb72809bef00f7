# hint: as-default
sed -i -e 's/resources: \[____\]/resources: [pods]/' -e 's/verbs: \[____\]/verbs: [get, list]/' -e '/subjects/,/roleRef/s/name: ____/name: clerk/' -e 's/  name: ____/  name: pod-reader/' -e 's/serviceAccountName: ____/serviceAccountName: clerk/' clerk.yaml
sed -i -e '/serviceAccountName/d' clerk.yaml
kubectl apply -f clerk.yaml
sleep 20
