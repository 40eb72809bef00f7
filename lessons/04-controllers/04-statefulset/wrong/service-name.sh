# hint: service-name
sed -i -e 's/clusterIP: ____/clusterIP: None/' -e 's/serviceName: ____/serviceName: shards/' -e 's/name: ____/name: data/' shard.yaml
kubectl apply -f shard.yaml
sleep 60
# hint: scale
kubectl scale statefulset shard --replicas=2
