# hint: lamp-must-end
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: stage }
spec:
  initContainers:
    - { name: lamp, image: 'busybox:1.36', command: [sleep, '3600'] }
  containers:
    - { name: actor, image: 'busybox:1.36', command: [sleep, '3600'] }
YAML
sleep 30
