kubectl create secret generic {{sec}} -n {{ns}} --from-literal={{key}}={{value.plain}}
kubectl apply -f - <<'END'
apiVersion: v1
kind: Pod
metadata: { name: {{name}}, namespace: {{ns}} }
spec:
  volumes: [{ name: secret, secret: { secretName: {{sec}} } }]
  containers:
    - name: main
      image: busybox:1.36
      command: [sleep, "100000"]
      volumeMounts: [{ name: secret, mountPath: {{path}}, readOnly: true }]
END
kubectl wait -n {{ns}} --for=condition=Ready pod/{{name}} --timeout=90s
