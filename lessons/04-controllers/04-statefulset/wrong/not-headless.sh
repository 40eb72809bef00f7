# hint: not-headless
sed -i -e '/clusterIP: ____/d' -e 's/serviceName: ____/serviceName: shard/' -e 's/name: ____/name: data/' shard.yaml
kubectl apply -f shard.yaml
sleep 60
