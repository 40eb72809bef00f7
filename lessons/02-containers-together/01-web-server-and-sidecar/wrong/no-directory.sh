# hint: no-directory
kubectl apply -f - <<'EOF'
apiVersion: v1
kind: Pod
metadata:
  name: shop
spec:
  volumes:
    - { name: prices, emptyDir: {} }
  containers:
    - name: web
      image: nginx:1.27
      volumeMounts:
        - { name: prices, mountPath: /usr/share/nginx/html }
    - name: refresher
      image: busybox:1.36
      command: [sh, -c, 'while true; do echo apples > /out/index.html; sleep 10; done']
      volumeMounts:
        - { name: prices, mountPath: /output }
EOF
sleep 60
