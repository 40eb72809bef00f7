# exercise: chart
cat > chart.txt <<TXT
1 quota: 0.5
2 banquet: 0.6
3 deployments: rehearsal, with 3 cores
TXT
# exercise: cure
kubectl scale deployment rehearsal --replicas=1
kubectl wait --for=condition=Available deployment/banquet --timeout=15m
sleep 60
# exercise: bakery
kubectl apply -f - <<YAML
apiVersion: v1
kind: ServiceAccount
metadata:
  name: baker
automountServiceAccountToken: false
YAML
kubectl scale deployment bakery --replicas=0
kubectl scale deployment bakery --replicas=1
kubectl wait --for=condition=Available deployment/bakery --timeout=20m
