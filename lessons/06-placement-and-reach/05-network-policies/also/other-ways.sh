# exercise: guard-the-db
kubectl apply -f - <<'YAML'
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: only-shop }
spec:
  podSelector: { matchExpressions: [{ key: app, operator: In, values: [db] }] }
  ingress: [{ from: [{ podSelector: { matchLabels: { app: shop } } }] }]
YAML
sleep 20
# exercise: close-the-house
kubectl apply -f - <<'YAML'
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny }
spec: { podSelector: {}, policyTypes: [Ingress], ingress: [] }
YAML
sleep 20
# exercise: from-the-branch
kubectl label namespace branch trusted=yes
kubectl patch networkpolicy only-shop --type=json -p '[{"op":"add","path":"/spec/ingress/0/from/-","value":{"namespaceSelector":{"matchLabels":{"trusted":"yes"}},"podSelector":{"matchLabels":{"app":"shop"}}}}]'
sleep 20
