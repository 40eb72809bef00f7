# exercise: close-the-till
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: cashier }
spec:
  containers:
    - name: main
      image: alpine:3.20
      command: [sh, -c, 'trap "exit 0" TERM; while true; do sleep 1; done']
      lifecycle: { preStop: { exec: { command: [sh, -c, 'wget -q -O /dev/null http://books/closed'] } } }
YAML
sleep 20
kubectl delete pod cashier --grace-period=10
# exercise: thirty-seconds
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: frontdesk }
spec:
  volumes: [{ name: pages, emptyDir: {} }]
  initContainers:
    - name: page
      image: busybox:1.36
      command: [sh, -c, 'echo open > /pages/index.html']
      volumeMounts: [{ name: pages, mountPath: /pages }]
  containers:
    - name: web
      image: nginx:1.27
      volumeMounts: [{ name: pages, mountPath: /usr/share/nginx/html }]
YAML
sleep 20
kubectl delete pod frontdesk
# exercise: last-guests
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: waiter }
spec:
  terminationGracePeriodSeconds: 60
  containers:
    - name: web
      image: nginx:1.27
      lifecycle: { preStop: { sleep: { seconds: 8 } } }
YAML
sleep 20
kubectl delete -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: waiter }
YAML
