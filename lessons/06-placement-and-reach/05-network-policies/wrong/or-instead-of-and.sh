# hint: or-instead-of-and
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
    - from:
        - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: branch } }
        - podSelector: { matchLabels: { app: shop } }
YAML
sleep 20
# hint: stranger-back
kubectl patch networkpolicy db-from-branch --type=json -p '[{"op":"replace","path":"/spec/ingress/0/from","value":[{"namespaceSelector":{}}]}]'
sleep 20
