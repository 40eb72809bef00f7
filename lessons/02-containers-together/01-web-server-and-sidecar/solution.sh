#!/bin/sh
# exercise: shared-files
cat > shop.yaml <<'EOF'
apiVersion: v1
kind: Pod
metadata:
  name: shop
spec:
  volumes:
    - name: prices
      emptyDir: {}
  containers:
    - name: web
      image: nginx:1.27
      volumeMounts:
        - name: prices
          mountPath: /usr/share/nginx/html
    - name: refresher
      image: busybox:1.36
      command:
        - sh
        - -c
        - while true; do echo "apples $(date +%S)" > /out/index.html; sleep 10; done
      volumeMounts:
        - name: prices
          mountPath: /out
EOF
kubectl apply -f shop.yaml
kubectl wait --for=condition=Ready pod/shop --timeout=120s

# exercise: same-localhost
cat > watch.yaml <<'EOF'
apiVersion: v1
kind: Pod
metadata:
  name: watch
spec:
  containers:
    - name: web
      image: nginx:1.27
    - name: checker
      image: busybox:1.36
      command:
        - sh
        - -c
        - while true; do sleep 5; wget -q -O - http://localhost; done
EOF
kubectl apply -f watch.yaml
kubectl wait --for=condition=Ready pod/watch --timeout=120s
sleep 12
