# hint: keeps-dying
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: heart }
spec:
  terminationGracePeriodSeconds: 1
  containers:
    - name: main
      image: busybox:1.36
      command: [sleep, '100000']
      livenessProbe: { exec: { command: [cat, /tmp/beat] }, periodSeconds: 2 }
YAML
sleep 120
