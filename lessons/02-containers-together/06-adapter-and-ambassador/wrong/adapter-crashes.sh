# hint: adapter-crashes
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: till }
spec:
  volumes: [{ name: data, emptyDir: {} }]
  containers:
    - name: till
      image: busybox:1.36
      command: [sh, -c, 'while true; do echo "sold=5" > /data/raw; sleep 2; done']
      volumeMounts: [{ name: data, mountPath: /data }]
    - name: adapter
      image: busybox:1.36
      command: [sh, -c, "sed 's/=/ /' /data/raw > /data/metrics"]
      volumeMounts: [{ name: data, mountPath: /data }]
YAML
sleep 30
