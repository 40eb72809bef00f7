# hint: crashed-only
sed -i -e 's/clusterIP: ____/clusterIP: None/' -e 's/serviceName: ____/serviceName: shard/' -e 's/name: ____/name: data/' shard.yaml
kubectl apply -f shard.yaml
sleep 60
kubectl exec shard-1 -- sh -c 'echo "remember me" > /usr/share/nginx/html/note.txt'
podlab container kill shard-1/web
sleep 30
