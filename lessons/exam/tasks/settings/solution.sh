kubectl create configmap {{cm}} -n {{ns}} --from-literal={{key}}={{value}}
kubectl apply -f - <<'END'
apiVersion: v1
kind: Pod
metadata: { name: {{name}}, namespace: {{ns}} }
spec:
  containers:
    - name: web
      image: nginx:1.27
      envFrom: [{ configMapRef: { name: {{cm}} } }]
END
kubectl wait -n {{ns}} --for=condition=Ready pod/{{name}} --timeout=90s
