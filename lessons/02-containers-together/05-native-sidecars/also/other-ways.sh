# exercise: let-it-end
kubectl apply -f - <<'YAML'
apiVersion: batch/v1
kind: Job
metadata: { name: invoices }
spec:
  template:
    spec:
      restartPolicy: OnFailure
      volumes: [{ name: v, emptyDir: { medium: Memory } }]
      initContainers:
        - name: shipper
          image: alpine:3.20
          restartPolicy: Always
          command: [sh, -c, 'touch /v/out; trap "exit 0" TERM; tail -f /v/out & wait']
          volumeMounts: [{ name: v, mountPath: /v }]
      containers:
        - name: print
          image: busybox:1.36
          command: [sh, -c, 'echo "invoice 7" > /v/out; echo "invoice 9" >> /v/out; sleep 3']
          volumeMounts: [{ name: v, mountPath: /v }]
YAML
sleep 90
# exercise: proxy-first
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: orders }
spec:
  initContainers:
    - name: proxy
      image: nginx:1.27
      restartPolicy: Always
      command: [sh, -c, "sleep 5; exec nginx -g 'daemon off;'"]
    - name: wait-for-proxy
      image: busybox:1.36
      command: [sh, -c, 'until wget -q -O /dev/null http://localhost; do sleep 1; done']
  containers:
    - name: app
      image: busybox:1.36
      command: [sh, -c, 'wget -q -O /dev/null http://localhost || exit 1; echo connected; sleep 3600']
YAML
sleep 60
# exercise: last-to-leave
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: stage }
spec:
  initContainers:
    - { name: lamp, image: 'nginx:1.27', restartPolicy: Always }
  containers:
    - { name: actor, image: 'busybox:1.36', command: [sh, -c, 'trap "exit 0" TERM; sleep 1000 & wait'] }
YAML
sleep 30
kubectl delete -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: stage }
YAML
