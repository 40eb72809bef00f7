#!/bin/sh
# exercise: without-a-gap
sed -i -e 's/maxSurge: ____/maxSurge: 1/' -e 's/maxUnavailable: ____/maxUnavailable: 0/' -e 's/image: ____/image: nginx:1.27/' menu.yaml
kubectl apply -f menu.yaml
kubectl rollout status deployment/menu

# exercise: two-back
kubectl set image deployment/till web=nginx:1.27
kubectl rollout status deployment/till
kubectl set image deployment/till web=nginx:1.72
sleep 20
kubectl get pods -l app=till
kubectl rollout history deployment/till
kubectl rollout undo deployment/till --to-revision=1
kubectl rollout status deployment/till

# exercise: never-two-at-once
cat > ledger.yaml <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ledger
spec:
  replicas: 1
  strategy:
    type: Recreate
  selector:
    matchLabels:
      app: ledger
  template:
    metadata:
      labels:
        app: ledger
    spec:
      containers:
        - name: web
          image: nginx:1.26
YAML
kubectl apply -f ledger.yaml
kubectl rollout status deployment/ledger
sed -i 's/1.26/1.27/' ledger.yaml
kubectl apply -f ledger.yaml
kubectl rollout status deployment/ledger
