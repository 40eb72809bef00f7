kubectl apply -f - <<'END'
apiVersion: v1
kind: Pod
metadata: { name: {{name}}, namespace: {{ns}} }
spec:
  volumes: [{ name: page, emptyDir: {} }]
  containers:
    - name: web
      image: nginx:1.27
      volumeMounts: [{ name: page, mountPath: /usr/share/nginx/html }]
    - name: {{writer}}
      image: busybox:1.36
      command: [sh, -c, "while true; do echo {{word}} at $(date) > /page/index.html; sleep {{n}}; done"]
      volumeMounts: [{ name: page, mountPath: /page }]
END
kubectl wait -n {{ns}} --for=condition=Ready pod/{{name}} --timeout=90s
sleep {{n}}
