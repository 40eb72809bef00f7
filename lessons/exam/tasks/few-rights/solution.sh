kubectl apply -f - <<'END'
apiVersion: v1
kind: Pod
metadata: { name: {{name}}, namespace: {{ns}} }
spec:
  securityContext: { runAsUser: {{uid}}, fsGroup: {{gid}} }
  containers:
    - name: main
      image: busybox:1.36
      command: [sleep, "100000"]
      securityContext: { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }
END
kubectl wait -n {{ns}} --for=condition=Ready pod/{{name}} --timeout=90s
