#!/bin/sh
# exercise: new-batch
sed -i 's/____/nginx:1.27/' biscuit.yaml
kubectl apply -f biscuit.yaml
kubectl delete pods -l app=biscuit
kubectl wait --for=jsonpath='{.status.readyReplicas}'=3 replicaset/biscuit --timeout=120s

# exercise: let-it-roll
kubectl set image deployment/cake web=nginx:1.27
kubectl rollout status deployment/cake
kubectl get replicasets -l app=cake -o wide

# exercise: two-temperatures
cat > bread.yaml <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: bread
spec:
  replicas: 2
  selector:
    matchLabels:
      app: bread
  template:
    metadata:
      labels:
        app: bread
    spec:
      containers:
        - name: oven
          image: busybox:1.36
          command: [sh, -c, 'echo "baking at $OVEN"; trap exit TERM; while true; do sleep 1; done']
          env:
            - name: OVEN
              value: "180"
YAML
kubectl apply -f bread.yaml
kubectl rollout status deployment/bread
sed -i 's/"180"/"220"/' bread.yaml
kubectl apply -f bread.yaml
kubectl rollout status deployment/bread
sleep 10
kubectl logs -l app=bread
