# hint: two-pods
kubectl run watch --image=nginx:1.27
kubectl apply -f - <<'EOF'
apiVersion: v1
kind: Pod
metadata:
  name: checker
spec:
  containers:
    - name: checker
      image: busybox:1.36
      command: [sh, -c, 'while true; do sleep 5; wget -q -O - http://localhost; done']
EOF
sleep 60
