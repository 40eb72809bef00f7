# hint: keeps-failing
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: queue }
spec:
  initContainers:
    - { name: first, image: 'busybox:1.36', command: [sh, -c, 'echo one >> /scratch/list'] }
    - { name: second, image: 'busybox:1.36', command: [sh, -c, 'echo two >> /scratch/list'] }
  containers:
    - { name: show, image: 'busybox:1.36', command: [sh, -c, 'cat /scratch/list; sleep 3600'] }
YAML
sleep 30
