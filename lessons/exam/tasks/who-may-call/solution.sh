kubectl apply -f - <<'END'
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: {{name}}, namespace: {{ns}} }
spec:
  podSelector: { matchLabels: { app: {{app}} } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ podSelector: { matchLabels: { role: {{role}} } } }]
      ports: [{ protocol: TCP, port: {{port}} }]
END
