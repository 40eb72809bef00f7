# hint: untranslated
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: till }
spec:
  volumes: [{ name: data, emptyDir: {} }]
  containers:
    - name: till
      image: busybox:1.36
      command: [sh, -c, 'while true; do echo "sold=5" > /data/metrics; sleep 2; done']
      volumeMounts: [{ name: data, mountPath: /data }]
    - name: adapter
      image: nginx:1.27
      volumeMounts: [{ name: data, mountPath: /usr/share/nginx/html }]
YAML
sleep 30
