# hint: root
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: scribe }
spec:
  securityContext: { fsGroup: 2000 }
  volumes: [{ name: notes, emptyDir: {} }]
  containers:
    - name: scribe
      image: busybox:1.36
      command: [sh, -c, 'touch /notes/a; id; ls -ln /notes; sleep 10000']
      volumeMounts: [{ name: notes, mountPath: /notes }]
YAML
sleep 20
