# exercise: open-the-door
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: rates }
spec:
  containers:
    - name: reader
      image: alpine:3.20
      command: [sh, -c, 'until false; do wget -qO- 127.0.0.1:9000; sleep 2; done']
    - name: server
      image: hashicorp/http-echo:1.0
      args: ['-listen=0.0.0.0:9000', '-text=1 USD buys 7 CNY']
YAML
sleep 30
# exercise: end-the-clash
kubectl delete pod twins --now
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: twins }
spec:
  containers:
    - name: green
      image: hashicorp/http-echo:1.0
      args: ['-listen=0.0.0.0:5679', '-text=green']
      ports: [{ containerPort: 5679 }]
    - name: blue
      image: hashicorp/http-echo:1.0
      args: ['-text=blue']
YAML
sleep 30
# exercise: back-office
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: kiosk }
spec:
  volumes: [{ name: conf, emptyDir: {} }]
  containers:
    - name: web
      image: nginx:1.27
    - name: admin
      image: nginx:1.27
      command:
        - sh
        - -c
        - >-
          echo 'server { listen 127.0.0.1:8081; location / { return 200 "for staff only\n"; } }'
          > /etc/nginx/conf.d/default.conf; exec nginx -g 'daemon off;'
    - name: guard
      image: nginx:1.27
      command: [bash, -c, 'while sleep 3; do curl -s http://127.0.0.1:8081/; done']
YAML
sleep 30
