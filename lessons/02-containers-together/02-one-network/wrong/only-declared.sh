# hint: only-declared
kubectl delete pod twins --now
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: twins }
spec:
  containers:
    - name: blue
      image: hashicorp/http-echo:1.0
      args: [-text=blue]
      ports: [{ containerPort: 5678 }]
    - name: green
      image: hashicorp/http-echo:1.0
      args: [-text=green]
      ports: [{ containerPort: 5679 }]
YAML
sleep 30
