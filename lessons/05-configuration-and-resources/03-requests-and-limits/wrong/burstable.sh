# hint: burstable
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: vault }
spec:
  containers:
    - { name: a, image: 'nginx:1.27', resources: { limits: { cpu: 1, memory: 1Gi } } }
    - { name: b, image: 'redis:7' }
YAML
sleep 30
