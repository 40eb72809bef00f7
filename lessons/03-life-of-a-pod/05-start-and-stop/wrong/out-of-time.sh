# hint: out-of-time
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: waiter }
spec:
  terminationGracePeriodSeconds: 5
  containers:
    - { name: web, image: 'nginx:1.27', lifecycle: { preStop: { exec: { command: [sleep, '60'] } } } }
YAML
sleep 20
kubectl delete pod waiter
