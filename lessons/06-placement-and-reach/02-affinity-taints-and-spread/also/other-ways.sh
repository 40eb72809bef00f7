# exercise: trainer
kubectl run trainer --image=nginx:1.27 --overrides='{"spec":{"nodeSelector":{"gpu":"a100"},"tolerations":[{"key":"gpu","value":"a100","effect":"NoSchedule"}]}}'
sleep 20
# exercise: both-zones
kubectl scale deployment till --replicas=0
sleep 20
kubectl patch deployment till -p '{"spec":{"template":{"spec":{"topologySpreadConstraints":[{"maxSkew":1,"topologyKey":"topology.kubernetes.io/zone","whenUnsatisfiable":"DoNotSchedule","labelSelector":{"matchExpressions":[{"key":"app","operator":"In","values":["till"]}]}}]}}}}'
kubectl scale deployment till --replicas=6
sleep 40
# exercise: three-guards
kubectl create deployment guard --image=nginx:1.27 --replicas=3 --dry-run=client -o yaml > guard.yaml
sed -i 's/^    spec:$/    spec:\n      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: kubernetes.io\/hostname, whenUnsatisfiable: DoNotSchedule, labelSelector: { matchLabels: { app: guard } } }]/' guard.yaml
kubectl apply -f guard.yaml
sleep 40
