# hint: only-preferred
kubectl apply -f - <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata: { name: guard }
spec:
  replicas: 3
  selector: { matchLabels: { app: guard } }
  template:
    metadata: { labels: { app: guard } }
    spec:
      affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: { topologyKey: kubernetes.io/hostname, labelSelector: { matchLabels: { app: guard } } } }] } }
      containers: [{ name: web, image: 'nginx:1.27' }]
YAML
sleep 40
