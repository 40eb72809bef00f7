# exercise: without-root
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: plain }
spec:
  securityContext: { runAsNonRoot: true, runAsUser: 101 }
  volumes: [{ name: t, emptyDir: {} }]
  containers:
    - name: web
      image: nginxinc/nginx-unprivileged:1.27
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] }, readOnlyRootFilesystem: true }
      volumeMounts: [{ name: t, mountPath: /tmp }]
YAML
sleep 20
# exercise: nothing-to-write
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: fort }
spec:
  volumes: [{ name: w, emptyDir: { medium: Memory } }]
  containers:
    - name: web
      image: nginx:1.27-alpine
      securityContext: { readOnlyRootFilesystem: true }
      volumeMounts:
        - { name: w, mountPath: /var/cache/nginx, subPath: cache }
        - { name: w, mountPath: /run, subPath: run }
YAML
sleep 20
# exercise: scribe
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: scribe }
spec:
  restartPolicy: Never
  securityContext: { fsGroup: 2000 }
  volumes: [{ name: notes, emptyDir: {} }]
  containers:
    - name: scribe
      image: alpine:3.20
      command: [sh, -c, 'touch /notes/a; id; ls -ln /notes']
      securityContext: { runAsUser: 1000, runAsGroup: 3000 }
      volumeMounts: [{ name: notes, mountPath: /notes }]
YAML
sleep 20
