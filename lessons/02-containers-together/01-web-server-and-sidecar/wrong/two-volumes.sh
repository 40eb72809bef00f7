# hint: two-volumes
kubectl apply -f - <<'EOF'
apiVersion: v1
kind: Pod
metadata:
  name: shop
spec:
  volumes:
    - { name: one, emptyDir: {} }
    - { name: two, emptyDir: {} }
  containers:
    - name: web
      image: nginx:1.27
      volumeMounts:
        - { name: one, mountPath: /usr/share/nginx/html }
    - name: refresher
      image: busybox:1.36
      command: [sh, -c, 'while true; do echo apples > /out/index.html; sleep 10; done']
      volumeMounts:
        - { name: two, mountPath: /out }
EOF
sleep 60
