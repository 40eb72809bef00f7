# hint: silent
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: phoenix }
spec:
  volumes: [{ name: v, emptyDir: {} }]
  containers:
    - name: bird
      image: busybox:1.36
      command: [sh, -c, 'mkdir /v/mark && exit 1; sleep 3600']
      volumeMounts: [{ name: v, mountPath: /v }]
YAML
sleep 40
