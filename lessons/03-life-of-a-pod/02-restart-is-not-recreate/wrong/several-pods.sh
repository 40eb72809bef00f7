# hint: third-start
sed -i -e 's#____/starts#/memory/starts#g' -e 's/name: ____/name: memory/' counter.yaml
# hint: several-pods
kubectl apply -f counter.yaml
sleep 10
kubectl replace --force -f counter.yaml
sleep 10
