# hint: guard-elsewhere
kubectl run kiosk --image=nginx:1.27
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: guard }
spec:
  containers:
    - name: guard
      image: busybox:1.36
      command: [sh, -c, 'while true; do sleep 5; wget -q -O - http://localhost:8081; done']
YAML
sleep 30
