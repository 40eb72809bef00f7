# exercise: make-deployment
kubectl create deployment guestbook --image=nginx:1.27
kubectl scale deployment guestbook --replicas=3
sleep 60
# exercise: node-failure
podlab node disconnect worker-1
sleep 420
# exercise: rescue
kubectl apply -f - <<'EOF'
apiVersion: apps/v1
kind: Deployment
metadata: { name: solo }
spec:
  replicas: 2
  selector: { matchLabels: { run: solo } }
  template:
    metadata: { labels: { run: solo } }
    spec: { containers: [{ name: web, image: 'nginx:1.27' }] }
EOF
sleep 60
kubectl delete pods -l run=solo
sleep 60
