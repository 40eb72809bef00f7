# hint: label-of-namespace
sed -i -e '/^    matchLabels/,/policyTypes/s/app: ____/app: db/' -e 's/app: ____/app: shop/' -e 's/port: ____/port: 80/' db.yaml
kubectl apply -f db.yaml
sleep 20
kubectl apply -f - <<'YAML'
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db-from-branch }
spec:
  podSelector: { matchLabels: { app: db } }
  ingress:
    - from: [{ namespaceSelector: { matchLabels: { name: branch } }, podSelector: { matchLabels: { app: shop } } }]
YAML
sleep 20
# hint: shop-lost
kubectl delete networkpolicy db
kubectl patch networkpolicy db-from-branch --type=json -p '[{"op":"replace","path":"/spec/ingress/0/from/0/namespaceSelector/matchLabels","value":{"kubernetes.io/metadata.name":"branch"}}]'
sleep 20
