# hint: pid-missing
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: fort }
spec:
  volumes: [{ name: w, emptyDir: {} }]
  containers:
    - name: web
      image: nginx:1.27
      securityContext: { readOnlyRootFilesystem: true }
      volumeMounts: [{ name: w, mountPath: /var/cache/nginx }]
YAML
sleep 30
