# exercise: which-policy
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: import }
spec:
  restartPolicy: OnFailure
  volumes: [{ name: v, emptyDir: {} }]
  containers:
    - name: m
      image: alpine:3.20
      command: [sh, -c, 'mkdir /v/1 && exit 1; mkdir /v/2 && exit 1; exit 0']
      volumeMounts: [{ name: v, mountPath: /v }]
---
apiVersion: v1
kind: Pod
metadata: { name: guard }
spec: { containers: [{ name: m, image: 'busybox:1.36', command: [sh, -c, 'sleep 5'] }] }
YAML
kubectl run letters --image=busybox:1.36 --restart=Never -- sh -c 'exit 9'
sleep 90
# exercise: out-of-the-loop
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Service
metadata: { name: settings }
spec: { clusterIP: None, selector: { app: settings }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: settings, labels: { app: settings } }
spec: { containers: [{ name: web, image: 'nginx:1.27' }] }
YAML
sleep 600
# exercise: give-up-in-time
kubectl run lottery --image=busybox:1.36 --overrides='{"spec":{"activeDeadlineSeconds":45}}' -- false
sleep 120
