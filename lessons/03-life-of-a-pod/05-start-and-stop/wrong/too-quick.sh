# hint: open-still
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: waiter }
spec:
  containers:
    - { name: web, image: 'nginx:1.27', lifecycle: { preStop: { exec: { command: ['true'] } } } }
YAML
sleep 20
# hint: too-quick
kubectl delete pod waiter
