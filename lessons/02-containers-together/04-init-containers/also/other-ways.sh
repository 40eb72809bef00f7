# exercise: prepare-first
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: library }
spec:
  volumes: [{ name: v, emptyDir: { medium: Memory } }]
  initContainers:
    - name: fetch
      image: alpine:3.20
      command: [sh, -c, 'echo "<h1>the catalogue</h1>" > /v/index.html']
      volumeMounts: [{ name: v, mountPath: /v }]
  containers:
    - name: web
      image: nginx:1.27
      volumeMounts: [{ name: v, mountPath: /usr/share/nginx/html, readOnly: true }]
YAML
sleep 30
# exercise: what-is-it-waiting-for
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Service
metadata: { name: ledger }
spec:
  selector: { app: ledger }
  ports: [{ port: 5432 }]
YAML
sleep 30
# exercise: one-then-two
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: queue }
spec:
  volumes: [{ name: v, emptyDir: {} }]
  initContainers:
    - name: a
      image: busybox:1.36
      args: [sh, -c, 'echo one > /v/a']
      volumeMounts: [{ name: v, mountPath: /v }]
    - name: b
      image: busybox:1.36
      args: [sh, -c, 'cat /v/a > /v/b; echo two >> /v/b']
      volumeMounts: [{ name: v, mountPath: /v }]
  containers:
    - name: show
      image: busybox:1.36
      args: [tail, -f, /v/b]
      volumeMounts: [{ name: v, mountPath: /v }]
YAML
sleep 30
