# hint: open-to-all
cat > kiosk.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: kiosk }
spec:
  containers:
    - name: admin
      image: hashicorp/http-echo:1.0
      args: ['-listen=:8081', '-text=for staff only']
    - name: web
      image: nginx:1.27
    - name: guard
      image: busybox:1.36
      command: [sh, -c, 'while true; do sleep 5; wget -q -O - http://localhost:8081; done']
YAML
kubectl apply -f kiosk.yaml
sleep 30
# hint: kiosk-clash
sed -i 's/:8081/:80/' kiosk.yaml
kubectl replace --force -f kiosk.yaml
sleep 30
