#!/bin/sh
# exercise: run-nginx
kubectl run web --image=nginx:1.27
kubectl wait --for=condition=Ready pod/web --timeout=120s

# exercise: look-inside
kubectl get pod web -o jsonpath='{.status.podIP} {.spec.nodeName}{"\n"}' > answer.txt
cat answer.txt

# exercise: complete-manifest
cat > hello.yaml <<'EOF'
apiVersion: v1
kind: Pod
metadata:
  name: hello
  labels:
    app: hello
spec:
  containers:
    - name: web
      image: nginx:1.27
      ports:
        - containerPort: 80
EOF
kubectl apply -f hello.yaml
kubectl wait --for=condition=Ready pod/hello --timeout=120s

# exercise: from-scratch
cat > cache.yaml <<'EOF'
apiVersion: v1
kind: Pod
metadata:
  name: cache
spec:
  containers:
    - name: redis
      image: redis:7
EOF
kubectl apply -f cache.yaml
kubectl wait --for=condition=Ready pod/cache --timeout=120s
kubectl delete -f cache.yaml
