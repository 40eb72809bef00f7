kubectl apply -f - <<'END'
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: {{name}}, namespace: {{ns}} }
spec:
  podSelector: { matchExpressions: [{ key: app, operator: In, values: [{{app}}] }] }
  policyTypes: [Ingress]
  ingress:
    - from: [{ podSelector: { matchExpressions: [{ key: role, operator: In, values: [{{role}}] }] } }]
      ports: [{ protocol: TCP, port: {{port}} }]
END
