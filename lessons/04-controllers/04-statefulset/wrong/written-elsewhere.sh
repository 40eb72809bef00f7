# hint: written-elsewhere
sed -i -e 's/clusterIP: ____/clusterIP: None/' -e 's/serviceName: ____/serviceName: shard/' -e 's/name: ____/name: data/' shard.yaml
kubectl apply -f shard.yaml
sleep 60
kubectl exec shard-0 -- sh -c 'echo "remember me" > /usr/share/nginx/html/note.txt'
kubectl delete pod shard-1
sleep 30
