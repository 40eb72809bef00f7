#!/bin/sh
# exercise: complete-replicaset
cat > orders.yaml <<'YAML'
apiVersion: apps/v1
kind: ReplicaSet
metadata:
  name: orders
spec:
  replicas: 3
  selector:
    matchLabels:
      app: orders
  template:
    metadata:
      labels:
        app: orders
        shop: tea
    spec:
      containers:
        - name: web
          image: nginx:1.27
YAML
kubectl apply -f orders.yaml
kubectl wait --for=jsonpath='{.status.readyReplicas}'=3 replicaset/orders --timeout=120s

# exercise: keep-the-evidence
SUSPECT=$(kubectl get pods -l app=orders -o name | head -n 1)
kubectl label $SUSPECT app=orders-suspect --overwrite
sleep 15
kubectl get pods -L app

# exercise: take-over
cat > packers.yaml <<'YAML'
apiVersion: apps/v1
kind: ReplicaSet
metadata:
  name: packers
spec:
  replicas: 3
  selector:
    matchLabels:
      app: packer
  template:
    metadata:
      labels:
        app: packer
    spec:
      containers:
        - name: web
          image: nginx:1.27
YAML
kubectl apply -f packers.yaml
sleep 20
kubectl get pods -l app=packer
