# hint: no-such-file
kubectl apply -f - <<'EOF'
apiVersion: v1
kind: Pod
metadata: { name: relay }
spec:
  containers:
    - name: writer
      image: busybox:1.36
      command: [sh, -c, 'mkdir /box; echo "from the writer" > /box/note; sleep 3600']
    - name: reader
      image: busybox:1.36
      command: [sh, -c, 'sleep 5; cat /box/note; sleep 3600']
EOF
sleep 60
