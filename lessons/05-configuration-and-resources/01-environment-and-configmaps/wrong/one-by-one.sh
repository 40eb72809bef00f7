# hint: one-by-one
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: cook }
spec:
  containers:
    - name: cook
      image: busybox:1.36
      command: [sh, -c, 'echo "$DISH with $SALT of salt"; sleep 10000']
      env:
        - { name: DISH, valueFrom: { configMapKeyRef: { name: recipe, key: DISH } } }
        - { name: SALT, valueFrom: { configMapKeyRef: { name: recipe, key: SALT } } }
YAML
sleep 20
