# hint: ended-by-itself
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: heart }
spec:
  containers:
    - { name: web, image: 'nginx:1.27', livenessProbe: { exec: { command: ['true'] } } }
YAML
sleep 30
podlab container kill heart/web
sleep 20
