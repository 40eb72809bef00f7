# hint: ring-service-name
kubectl create service clusterip ring --clusterip=None
kubectl create -f - <<'YAML'
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: ring }
spec:
  podManagementPolicy: Parallel
  replicas: 2
  selector: { matchLabels: { app: ring } }
  template:
    metadata: { labels: { app: ring } }
    spec: { containers: [{ name: web, image: 'nginx:1.27' }] }
YAML
sleep 30
