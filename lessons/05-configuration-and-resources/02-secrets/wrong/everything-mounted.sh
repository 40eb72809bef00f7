# hint: everything-mounted
kubectl create secret generic weather --from-literal=user=sunny --from-literal=password=rain
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: vane }
spec:
  volumes: [{ name: v, secret: { secretName: weather } }]
  containers:
    - name: vane
      image: busybox:1.36
      command: [sh, -c, 'ls /etc/weather; sleep 10000']
      volumeMounts: [{ name: v, mountPath: /etc/weather }]
YAML
sleep 20
