# hint: always-one
sed -e 's#____/starts#/tmp/starts#g' -e 's/name: ____/name: memory/' counter.yaml > filled.yaml
kubectl apply -f filled.yaml
sleep 45
