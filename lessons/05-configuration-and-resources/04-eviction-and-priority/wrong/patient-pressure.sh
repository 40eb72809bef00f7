# hint: patient-pressure
sed -i 's/____/2000Mi/' diary.yaml
kubectl apply -f diary.yaml
kubectl wait --for=condition=Ready pod/diary --timeout=60s
kubectl apply -f party.yaml
sleep 60
kubectl create priorityclass polite --value=500 --preemption-policy=Never
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: patient }
spec:
  priorityClassName: polite
  nodeSelector: { kubernetes.io/hostname: worker-2 }
  containers: [{ name: c, image: 'nginx:1.27', resources: { requests: { cpu: '1.5' } } }]
YAML
kubectl scale deployment batch --replicas=0
sleep 30
