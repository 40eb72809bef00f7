# hint: as-container
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: library }
spec:
  volumes: [{ name: books, emptyDir: {} }]
  containers:
    - name: prepare
      image: busybox:1.36
      command: [sh, -c, 'sleep 3; echo "the catalogue" > /prepared/index.html']
      volumeMounts: [{ name: books, mountPath: /prepared }]
    - name: web
      image: nginx:1.27
      volumeMounts: [{ name: books, mountPath: /usr/share/nginx/html }]
YAML
sleep 30
