# hint: not-shared
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: queue }
spec:
  initContainers:
    - { name: first, image: 'busybox:1.36', command: [sh, -c, 'mkdir -p /v; echo one >> /v/list'] }
    - { name: second, image: 'busybox:1.36', command: [sh, -c, 'mkdir -p /v; echo two >> /v/list'] }
  containers:
    - { name: show, image: 'busybox:1.36', command: [sh, -c, 'cat /v/list; sleep 3600'] }
YAML
sleep 30
