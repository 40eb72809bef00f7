# hint: on-disk
kubectl apply -f - <<'EOF'
apiVersion: v1
kind: Pod
metadata: { name: relay }
spec:
  volumes: [{ name: v, emptyDir: {} }]
  containers:
    - name: writer
      image: busybox:1.36
      command: [sh, -c, 'echo "from the writer" > /out/note; sleep 3600']
      volumeMounts: [{ name: v, mountPath: /out }]
    - name: reader
      image: busybox:1.36
      command: [sh, -c, 'sleep 5; cat /out/note; sleep 3600']
      volumeMounts: [{ name: v, mountPath: /out }]
EOF
sleep 60
