# exercise: shared-files
kubectl apply -f - <<'EOF'
apiVersion: v1
kind: Pod
metadata:
  name: shop
spec:
  volumes:
    - name: pages
      emptyDir: { medium: Memory }
  initContainers:
    - name: a
      image: alpine:3.20
      restartPolicy: Always
      command: [sh, -c, 'while true; do echo "<p>apples</p>" > /srv/index.html; sleep 3; done']
      volumeMounts: [{ name: pages, mountPath: /srv }]
  containers:
    - name: b
      image: nginx:1.27
      volumeMounts: [{ name: pages, mountPath: /usr/share/nginx/html, readOnly: true }]
EOF
sleep 60
# exercise: same-localhost
kubectl apply -f - <<'EOF'
apiVersion: v1
kind: Pod
metadata:
  name: watch
spec:
  containers:
    - name: checker
      image: busybox:1.36
      command: [sh, -c, 'until false; do wget -qO- 127.0.0.1:80 || true; sleep 2; done']
    - name: web
      image: nginx:1.27
EOF
sleep 60
