# hint: no-inits
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: queue }
spec:
  containers:
    - { name: show, image: 'busybox:1.36', command: [sh, -c, 'echo one; echo two; sleep 3600'] }
YAML
sleep 30
