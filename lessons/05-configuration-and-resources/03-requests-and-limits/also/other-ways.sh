# exercise: feed-it
sed -e 's/____/256Mi/' hungry.yaml | kubectl replace --force -f -
sleep 60
# exercise: three-bakers
kubectl scale deployment bakers --replicas=0
sleep 20
kubectl set resources deployment/bakers --requests=cpu=1900m
kubectl scale deployment bakers --replicas=3
sleep 60
# exercise: last-to-go
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: vault }
spec:
  containers:
    - { name: a, image: 'nginx:1.27', resources: { limits: { cpu: 1, memory: 1Gi } } }
    - { name: b, image: 'redis:7', resources: { limits: { cpu: 500m, memory: 100Mi }, requests: { cpu: 0.5, memory: 100Mi } } }
YAML
sleep 60
