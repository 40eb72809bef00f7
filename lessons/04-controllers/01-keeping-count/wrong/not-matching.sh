# hint: not-matching
kubectl create -f - <<'YAML'
apiVersion: apps/v1
kind: ReplicaSet
metadata: { name: packers }
spec:
  replicas: 3
  selector: { matchLabels: { app: packers } }
  template:
    metadata: { labels: { app: packers } }
    spec: { containers: [{ name: web, image: 'nginx:1.27' }] }
YAML
sleep 30
# hint: wrong-number
kubectl scale rs packers --replicas=2
