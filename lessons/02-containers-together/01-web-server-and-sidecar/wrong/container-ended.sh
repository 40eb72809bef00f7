# hint: container-ended
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
      command: [wget, -q, -O, '-', http://localhost]
EOF
sleep 60
