#!/bin/sh
# exercise: not-before-ready
sed -i -e 's/^      ____:/      readinessProbe:/' -e 's#path: ____#path: /stock#' -e 's/port: ____/port: 80/' shop.yaml
kubectl apply -f shop.yaml
kubectl wait --for=condition=Ready pod/shop --timeout=120s

# exercise: a-slow-starter
cat > archive.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: archive
spec:
  containers:
    - name: web
      image: nginx:1.27
      command: [sh, -c, "sleep 90; exec nginx -g 'daemon off;'"]
      startupProbe:
        httpGet:
          path: /
          port: 80
        failureThreshold: 18
      livenessProbe:
        httpGet:
          path: /
          port: 80
YAML
kubectl replace --force -f archive.yaml
kubectl wait --for=condition=Ready pod/archive --timeout=180s

# exercise: heartbeat
cat > heart.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: heart
spec:
  terminationGracePeriodSeconds: 5
  containers:
    - name: main
      image: busybox:1.36
      command: [sh, -c, 'touch /tmp/beat; sleep 100000']
      livenessProbe:
        exec:
          command: [cat, /tmp/beat]
        periodSeconds: 5
YAML
kubectl apply -f heart.yaml
kubectl wait --for=condition=Ready pod/heart --timeout=60s
kubectl exec heart -- rm /tmp/beat
sleep 45
kubectl get pod heart
