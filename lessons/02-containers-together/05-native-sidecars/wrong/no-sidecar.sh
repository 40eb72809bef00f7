# hint: no-sidecar
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: orders }
spec:
  containers:
    - name: proxy
      image: nginx:1.27
    - name: app
      image: busybox:1.36
      command: [sh, -c, 'sleep 10; wget -q -O /dev/null http://localhost || exit 1; echo connected; sleep 3600']
YAML
sleep 60
