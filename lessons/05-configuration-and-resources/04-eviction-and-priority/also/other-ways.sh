# exercise: stay-seated
sed 's/____/2Gi/' diary.yaml | kubectl create -f -
sleep 20
kubectl create -f party.yaml
sleep 100
# exercise: ring-the-alarm
kubectl create priorityclass top --value=1000000
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: alarm }
spec:
  priorityClassName: top
  containers: [{ name: c, image: 'nginx:1.27', resources: { requests: { cpu: 1 } } }]
YAML
sleep 60
# exercise: patient
kubectl create priorityclass pushy --value=10
kubectl run patient --image=nginx:1.27 --overrides='{"spec":{"priorityClassName":"pushy","containers":[{"name":"patient","image":"nginx:1.27","resources":{"requests":{"cpu":"1500m"}}}]}}'
sleep 60
kubectl delete pod patient
kubectl delete priorityclass pushy
sleep 30
kubectl create priorityclass kind --value=10 --preemption-policy=Never
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: patient }
spec:
  priorityClassName: kind
  containers: [{ name: c, image: 'nginx:1.27', resources: { requests: { cpu: '1.5' } } }]
YAML
sleep 60
kubectl delete deployment batch
sleep 60
