# hint: config-error
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: cook }
spec:
  containers:
    - name: cook
      image: busybox:1.36
      command: [sh, -c, 'echo "$DISH with $SALT of salt"; sleep 10000']
      envFrom: [{ configMapRef: { name: recipes } }]
YAML
sleep 20
