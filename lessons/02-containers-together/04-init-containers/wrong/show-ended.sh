# hint: show-ended
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: queue }
spec:
  volumes: [{ name: v, emptyDir: {} }]
  initContainers:
    - { name: first, image: 'busybox:1.36', command: [sh, -c, 'echo one >> /v/list'], volumeMounts: [{ name: v, mountPath: /v }] }
    - { name: second, image: 'busybox:1.36', command: [sh, -c, 'echo two >> /v/list'], volumeMounts: [{ name: v, mountPath: /v }] }
  containers:
    - { name: show, image: 'busybox:1.36', command: [cat, /v/list], volumeMounts: [{ name: v, mountPath: /v }] }
YAML
sleep 30
