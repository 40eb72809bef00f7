#!/bin/sh
# exercise: make-deployment
cat > guestbook.yaml <<'EOF'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: guestbook
spec:
  replicas: 3
  selector:
    matchLabels:
      app: guestbook
  template:
    metadata:
      labels:
        app: guestbook
    spec:
      containers:
        - name: web
          image: nginx:1.27
EOF
kubectl apply -f guestbook.yaml
kubectl rollout status deployment/guestbook

# exercise: node-failure
podlab node stop worker-1
sleep 400
kubectl get nodes
kubectl get pods -o wide

# exercise: rescue
kubectl create deployment solo --image=nginx:1.27
kubectl rollout status deployment/solo
kubectl delete pod -l app=solo --wait=false
sleep 40
kubectl get pods -l app=solo -o wide
