# hint: no-fsgroup
cat > scribe.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: scribe }
spec:
  securityContext: { runAsUser: 1000, runAsGroup: 3000 }
  volumes: [{ name: notes, emptyDir: {} }]
  containers:
    - name: scribe
      image: busybox:1.36
      command: [sh, -c, 'touch /notes/a; id; ls -ln /notes; sleep 10000']
      volumeMounts: [{ name: notes, mountPath: /notes }]
YAML
kubectl apply -f scribe.yaml
sleep 20
# hint: denied
sed -i 's#touch /notes/a#touch /root/a#' scribe.yaml
kubectl replace --force -f scribe.yaml
sleep 20
