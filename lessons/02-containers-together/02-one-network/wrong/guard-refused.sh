# hint: guard-refused
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: kiosk }
spec:
  containers:
    - { name: web, image: 'nginx:1.27' }
    - { name: admin, image: 'hashicorp/http-echo:1.0', args: ['-text=for staff only'] }
    - { name: guard, image: 'busybox:1.36', command: [sh, -c, 'while true; do sleep 5; wget -q -O - http://localhost:8081; done'] }
YAML
sleep 30
