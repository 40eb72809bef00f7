# exercise: three-shards
sed -e 's/clusterIP: ____/clusterIP: "None"/' -e 's/serviceName: ____/serviceName: shard/' -e 's/name: ____/name: data/' -e 's/replicas: 3/podManagementPolicy: Parallel/' shard.yaml | kubectl create -f -
kubectl scale sts shard --replicas=3
sleep 60
# exercise: it-remembers
kubectl exec shard-1 -- sh -c 'echo "please remember me" > /usr/share/nginx/html/note.txt'
kubectl rollout restart sts/shard
sleep 60
# exercise: ring
kubectl create service clusterip ring --clusterip=None
kubectl create -f - <<'YAML'
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: ring }
spec:
  serviceName: ring
  replicas: 2
  selector: { matchLabels: { app: ring } }
  template:
    metadata: { labels: { app: ring } }
    spec: { containers: [{ name: h, image: 'httpd:2.4' }] }
YAML
sleep 60
