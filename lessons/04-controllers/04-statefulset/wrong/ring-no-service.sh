# hint: ring-no-service
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
    spec: { containers: [{ name: web, image: 'nginx:1.27' }] }
YAML
sleep 30
