# hint: no-account
sed -i -e 's/resources: \[____\]/resources: [pods]/' -e 's/verbs: \[____\]/verbs: [get, list]/' -e '/subjects/,/roleRef/s/name: ____/name: clerk/' -e 's/  name: ____/  name: pod-reader/' -e '/serviceAccountName/d' clerk.yaml
# hint: as-default
kubectl apply -f clerk.yaml
sleep 20
