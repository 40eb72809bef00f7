# exercise: keep-it
kubectl run notebook --image=nginx:1.27
sleep 20
podlab container kill notebook/notebook
sleep 10
kubectl delete pod notebook --now
kubectl apply -f - <<'EOF'
apiVersion: v1
kind: Pod
metadata: { name: notebook }
spec:
  volumes: [{ name: v, emptyDir: { sizeLimit: 10Mi } }]
  containers:
    - name: web
      image: nginx:1.27
      volumeMounts: [{ name: v, mountPath: /usr/share/nginx/html }]
EOF
sleep 30
kubectl exec notebook -- sh -c 'echo "<b>remember me</b>" > /usr/share/nginx/html/index.html'
podlab container kill notebook/web
sleep 30
# exercise: hand-over
kubectl apply -f - <<'EOF'
apiVersion: v1
kind: Pod
metadata: { name: relay }
spec:
  volumes: [{ name: v, emptyDir: { medium: Memory } }]
  containers:
    - name: reader
      image: busybox:1.36
      command: [sh, -c, 'until cat /in/note 2>/dev/null; do sleep 1; done; sleep 3600']
      volumeMounts: [{ name: v, mountPath: /in, readOnly: true }]
    - name: writer
      image: alpine:3.20
      command: [sh, -c, 'sleep 3; echo "a note from the writer" > /out/note; sleep 3600']
      volumeMounts: [{ name: v, mountPath: /out }]
EOF
sleep 60
