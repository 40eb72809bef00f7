# hint: one-by-one
sed -i -e '/^    matchLabels/,/policyTypes/s/app: ____/app: db/' -e 's/app: ____/app: shop/' -e 's/port: ____/port: 80/' db.yaml
kubectl apply -f db.yaml
sleep 20
kubectl apply -f - <<'YAML'
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: closed }
spec: { podSelector: { matchExpressions: [{ key: app, operator: In, values: [menu] }] }, policyTypes: [Ingress] }
YAML
sleep 20
