# hint: crowded
kubectl apply -f - <<'EOF'
apiVersion: apps/v1
kind: Deployment
metadata: { name: menu }
spec:
  replicas: 3
  selector: { matchLabels: { app: menu } }
  template:
    metadata: { labels: { app: menu } }
    spec:
      containers:
        - { name: web, image: 'nginx:1.27' }
        - { name: more, image: 'nginx:1.27' }
EOF
sleep 60
