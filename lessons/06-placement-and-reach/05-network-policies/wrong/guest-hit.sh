# hint: guest-hit
kubectl apply -f - <<'YAML'
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db }
spec:
  podSelector: {}
  ingress: [{ from: [{ podSelector: { matchLabels: { app: shop } } }] }]
YAML
sleep 20
