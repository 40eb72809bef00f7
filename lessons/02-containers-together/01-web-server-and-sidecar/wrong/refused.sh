# hint: refused
kubectl apply -f - <<'EOF'
apiVersion: v1
kind: Pod
metadata:
  name: watch
spec:
  containers:
    - name: web
      image: nginx:1.27
    - name: checker
      image: busybox:1.36
      command: [sh, -c, 'while true; do sleep 5; wget -q -O - http://localhost:8080; done']
EOF
sleep 60
