cat > {{name}}.yaml <<'END'
apiVersion: v1
kind: Pod
metadata:
  name: {{name}}
  namespace: {{ns}}
  labels:
    row: "{{fault.label}}"
spec:
  containers:
    - name: web
      image: nginx:1.27
      ports:
        - containerPort: 80
END
kubectl apply -f {{name}}.yaml
kubectl wait -n {{ns}} --for=condition=Ready pod/{{name}} --timeout=90s
