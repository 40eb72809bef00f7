# hint: mount-refused
sed -i -e 's/clusterIP: ____/clusterIP: None/' -e 's/serviceName: ____/serviceName: shard/' -e 's/name: ____/name: html/' shard.yaml
kubectl apply -f shard.yaml
sleep 60
