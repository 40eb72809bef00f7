# exercise: send-an-ambassador
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: booking }
spec:
  containers:
    - name: ambassador
      image: nginx:1.27
      command:
        - sh
        - -c
        - >-
          printf 'server {\n  listen localhost:8080;\n  location / {\n    proxy_pass http://rates-prod.default.svc.cluster.local:80/;\n  }\n}\n'
          > /etc/nginx/conf.d/default.conf && exec nginx -g 'daemon off;'
    - name: app
      image: alpine:3.20
      args: [sh, -c, 'until false; do wget -qO- 127.0.0.1:8080; sleep 2; done']
YAML
sleep 40
# exercise: hire-an-adapter
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: till }
spec:
  volumes:
    - { name: data, emptyDir: {} }
    - { name: pages, emptyDir: {} }
  initContainers:
    - name: adapter
      image: busybox:1.36
      restartPolicy: Always
      command: [sh, -c, 'while true; do if [ -f /in/raw ]; then . /in/raw; echo "till_sold_total $sold" > /out/metrics; fi; sleep 1; done']
      volumeMounts: [{ name: data, mountPath: /in }, { name: pages, mountPath: /out }]
    - name: web
      image: nginx:1.27
      restartPolicy: Always
      volumeMounts: [{ name: pages, mountPath: /usr/share/nginx/html }]
  containers:
    - name: till
      image: busybox:1.36
      command: [sh, -c, 'while true; do echo "sold=5" > /data/raw; sleep 2; done']
      volumeMounts: [{ name: data, mountPath: /data }]
YAML
sleep 40
