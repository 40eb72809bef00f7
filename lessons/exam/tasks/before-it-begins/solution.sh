kubectl apply -f - <<'END'
apiVersion: v1
kind: Pod
metadata: { name: {{name}}, namespace: {{ns}} }
spec:
  volumes: [{ name: page, emptyDir: {} }]
  initContainers:
    - name: {{init}}
      image: busybox:1.36
      command: [sh, -c, "echo {{word}} > /page/index.html"]
      volumeMounts: [{ name: page, mountPath: /page }]
  containers:
    - name: web
      image: nginx:1.27
      volumeMounts: [{ name: page, mountPath: /usr/share/nginx/html }]
END
kubectl wait -n {{ns}} --for=condition=Ready pod/{{name}} --timeout=90s
