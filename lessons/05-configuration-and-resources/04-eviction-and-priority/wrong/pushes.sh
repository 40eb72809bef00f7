# hint: zero
kubectl run patient --image=nginx:1.27
# hint: pushes
kubectl delete pod patient --now
kubectl create priorityclass polite --value=500
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: patient }
spec:
  priorityClassName: polite
  containers: [{ name: c, image: 'nginx:1.27', resources: { requests: { cpu: '1.5' } } }]
YAML
sleep 30
