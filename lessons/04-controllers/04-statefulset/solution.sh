#!/bin/sh
# exercise: three-shards
sed -i -e 's/clusterIP: ____/clusterIP: None/' -e 's/serviceName: ____/serviceName: shard/' -e 's/name: ____/name: data/' shard.yaml
kubectl apply -f shard.yaml
kubectl rollout status statefulset/shard
kubectl get pods,pvc -l app=shard

# exercise: it-remembers
kubectl exec shard-1 -- sh -c 'echo "remember me" > /usr/share/nginx/html/note.txt'
kubectl delete pod shard-1
kubectl wait --for=condition=Ready pod/shard-1 --timeout=60s
kubectl exec shard-1 -- cat /usr/share/nginx/html/note.txt

# exercise: ring
cat > ring.yaml <<'YAML'
apiVersion: v1
kind: Service
metadata:
  name: ring
spec:
  clusterIP: None
  selector:
    app: ring
  ports:
    - port: 80
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: ring
spec:
  serviceName: ring
  replicas: 2
  selector:
    matchLabels:
      app: ring
  template:
    metadata:
      labels:
        app: ring
    spec:
      containers:
        - name: web
          image: nginx:1.27
YAML
kubectl apply -f ring.yaml
kubectl rollout status statefulset/ring
