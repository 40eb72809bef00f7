# hint: not-found
cat > till.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: till }
spec:
  volumes: [{ name: data, emptyDir: {} }]
  containers:
    - name: till
      image: busybox:1.36
      command: [sh, -c, 'while true; do echo "sold=5" > /data/raw; sleep 2; done']
      volumeMounts: [{ name: data, mountPath: /data }]
    - name: adapter
      image: nginx:1.27
      command: [sh, -c, "sed 's/=/ /' /data/raw > /tmp/metrics; exec nginx -g 'daemon off;'"]
      volumeMounts: [{ name: data, mountPath: /data }]
YAML
kubectl apply -f till.yaml
sleep 30
# hint: empty
sed -i 's#/tmp/metrics#/usr/share/nginx/html/metrics#' till.yaml
kubectl replace --force -f till.yaml
sleep 30
