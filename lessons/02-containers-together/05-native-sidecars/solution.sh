#!/bin/sh
# exercise: let-it-end
cat > invoices.yaml <<'YAML'
apiVersion: batch/v1
kind: Job
metadata:
  name: invoices
spec:
  template:
    spec:
      restartPolicy: Never
      volumes:
        - name: logs
          emptyDir: {}
      initContainers:
        - name: shipper
          image: busybox:1.36
          restartPolicy: Always
          command: [sh, -c, 'touch /logs/out; tail -f /logs/out']
          volumeMounts:
            - name: logs
              mountPath: /logs
      containers:
        - name: print
          image: busybox:1.36
          command: [sh, -c, 'for n in 7 8 9; do echo "invoice $n" >> /logs/out; sleep 2; done']
          volumeMounts:
            - name: logs
              mountPath: /logs
YAML
kubectl apply -f invoices.yaml
kubectl wait --for=condition=Complete job/invoices --timeout=180s
kubectl logs job/invoices -c shipper

# exercise: proxy-first
cat > orders.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: orders
spec:
  initContainers:
    - name: proxy
      image: nginx:1.27
      restartPolicy: Always
      command: [sh, -c, "sleep 5; exec nginx -g 'daemon off;'"]
      startupProbe:
        httpGet:
          path: /
          port: 80
        periodSeconds: 2
        failureThreshold: 30
  containers:
    - name: app
      image: busybox:1.36
      command:
        - sh
        - -c
        - wget -q -O /dev/null http://localhost || exit 1; echo connected; sleep 3600
YAML
kubectl apply -f orders.yaml
kubectl wait --for=condition=Ready pod/orders --timeout=120s
sleep 2
kubectl logs orders -c app

# exercise: last-to-leave
cat > stage.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: stage
spec:
  initContainers:
    - name: lamp
      image: busybox:1.36
      restartPolicy: Always
      command: [sh, -c, 'trap "echo lights out; exit" TERM; while true; do sleep 1; done']
  containers:
    - name: actor
      image: busybox:1.36
      command: [sh, -c, 'trap "sleep 3; echo one last bow; exit" TERM; while true; do sleep 1; done']
YAML
kubectl apply -f stage.yaml
kubectl wait --for=condition=Ready pod/stage --timeout=120s
kubectl delete pod stage
