# hint: several-pods
sed -e 's#____/starts#/memory/starts#g' -e 's/name: ____/name: memory/' counter.yaml > filled.yaml
kubectl apply -f filled.yaml
sleep 10
kubectl replace --force -f filled.yaml
sleep 10
