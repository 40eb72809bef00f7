# hint: refused
cat > watch.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: watch
spec:
  containers:
    - name: web
      image: nginx:1.27
    - name: checker
      image: busybox:1.36
      command: [sh, -c, 'while true; do sleep 5; wget -q -O - http://localhost:8080; done']
YAML
kubectl apply -f watch.yaml
sleep 20
# hint: bad-address
sed -i 's#localhost:8080#web#' watch.yaml
kubectl replace --force -f watch.yaml
sleep 20
# hint: container-names
sed -i 's/name: checker/name: asker/' watch.yaml
kubectl replace --force -f watch.yaml
sleep 20
