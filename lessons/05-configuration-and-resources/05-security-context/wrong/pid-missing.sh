# hint: pid-missing
cat > fort.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: fort }
spec:
  volumes: [{ name: w, emptyDir: {} }]
  containers:
    - name: web
      image: nginx:1.27
      securityContext: { readOnlyRootFilesystem: true }
      volumeMounts: [{ name: w, mountPath: /var/cache/nginx }]
YAML
kubectl apply -f fort.yaml
sleep 30
# hint: page-hidden
sed -i 's#volumeMounts: \[#&{ name: w, mountPath: /run }, { name: w, mountPath: /usr/share/nginx/html }, #' fort.yaml
kubectl replace --force -f fort.yaml
sleep 30
