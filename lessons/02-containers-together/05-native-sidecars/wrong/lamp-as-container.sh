# hint: lamp-as-container
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: stage }
spec:
  containers:
    - { name: lamp, image: 'busybox:1.36', command: [sleep, '3600'] }
    - { name: actor, image: 'busybox:1.36', command: [sleep, '3600'] }
YAML
sleep 30
