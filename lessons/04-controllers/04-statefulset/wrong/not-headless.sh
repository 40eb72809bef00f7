# hint: not-applied
sed -i -e '/clusterIP: ____/d' -e 's/serviceName: ____/serviceName: shard/' -e 's/name: ____/name: data/' shard.yaml
# hint: ready
kubectl apply -f shard.yaml
# hint: not-headless
sleep 60
