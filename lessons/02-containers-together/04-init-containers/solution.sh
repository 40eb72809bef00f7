#!/bin/sh
# exercise: prepare-first
cat > library.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: library
spec:
  volumes:
    - name: books
      emptyDir: {}
  initContainers:
    - name: prepare
      image: busybox:1.36
      command: [sh, -c, 'sleep 3; echo "the catalogue" > /prepared/index.html']
      volumeMounts:
        - name: books
          mountPath: /prepared
  containers:
    - name: web
      image: nginx:1.27
      volumeMounts:
        - name: books
          mountPath: /usr/share/nginx/html
YAML
kubectl apply -f library.yaml
kubectl wait --for=condition=Ready pod/library --timeout=120s

# exercise: what-is-it-waiting-for
kubectl get pod billing
kubectl logs billing -c wait-for-db --tail=1
kubectl create service clusterip ledger --tcp=5432
kubectl wait --for=condition=Ready pod/billing --timeout=120s

# exercise: one-then-two
cat > queue.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: queue
spec:
  volumes:
    - name: work
      emptyDir: {}
  initContainers:
    - name: first
      image: busybox:1.36
      command: [sh, -c, 'echo one >> /scratch/list']
      volumeMounts:
        - name: work
          mountPath: /scratch
    - name: second
      image: busybox:1.36
      command: [sh, -c, 'echo two >> /scratch/list']
      volumeMounts:
        - name: work
          mountPath: /scratch
  containers:
    - name: show
      image: busybox:1.36
      command: [sh, -c, 'cat /scratch/list; sleep 3600']
      volumeMounts:
        - name: work
          mountPath: /scratch
YAML
kubectl apply -f queue.yaml
kubectl wait --for=condition=Ready pod/queue --timeout=120s
sleep 2
