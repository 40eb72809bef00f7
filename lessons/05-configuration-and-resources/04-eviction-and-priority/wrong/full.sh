# hint: full
kubectl create priorityclass polite --value=500 --preemption-policy=Never
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: patient }
spec:
  priorityClassName: polite
  containers: [{ name: c, image: 'nginx:1.27', resources: { requests: { cpu: '1.5' } } }]
YAML
sleep 30
