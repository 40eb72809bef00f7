# hint: old-one-deleted
kubectl delete pod packer-old
kubectl create -f - <<'YAML'
apiVersion: apps/v1
kind: ReplicaSet
metadata: { name: packers }
spec:
  replicas: 3
  selector: { matchLabels: { app: packer } }
  template:
    metadata: { labels: { app: packer } }
    spec: { containers: [{ name: web, image: 'nginx:1.27' }] }
YAML
sleep 30
