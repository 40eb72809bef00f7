# hint: not-exec
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: heart }
spec:
  containers:
    - { name: web, image: 'nginx:1.27', livenessProbe: { httpGet: { path: /, port: 80 } } }
YAML
sleep 30
