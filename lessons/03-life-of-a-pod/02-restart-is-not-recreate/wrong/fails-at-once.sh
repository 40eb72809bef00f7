# hint: fails-at-once
sed -e 's#____/starts#/data/starts#g' -e 's/name: ____/name: memory/' counter.yaml > filled.yaml
kubectl apply -f filled.yaml
sleep 4
