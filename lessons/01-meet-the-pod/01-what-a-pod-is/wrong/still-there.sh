# hint: still-there
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: cache }
spec: { containers: [{ name: redis, image: 'redis:7' }] }
YAML
sleep 30
