#!/bin/sh
# exercise: send-an-ambassador
cat > booking.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: booking
spec:
  initContainers:
    - name: ambassador
      image: nginx:1.27
      restartPolicy: Always
      command:
        - sh
        - -c
        - |
          echo "server { listen 127.0.0.1:8080; location / { proxy_pass http://rates-prod; } }" \
            > /etc/nginx/conf.d/default.conf
          exec nginx -g 'daemon off;'
  containers:
    - name: app
      image: busybox:1.36
      command: [sh, -c, "while true; do sleep 3; wget -q -O - http://localhost:8080; done"]
YAML
kubectl apply -f booking.yaml
kubectl wait --for=condition=Ready pod/booking --timeout=120s
sleep 8
kubectl logs booking -c app

# exercise: hire-an-adapter
cat > till.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: till
spec:
  volumes:
    - name: data
      emptyDir: {}
  containers:
    - name: till
      image: busybox:1.36
      command: [sh, -c, 'while true; do echo "sold=5" > /data/raw; sleep 2; done']
      volumeMounts:
        - name: data
          mountPath: /data
    - name: adapter
      image: nginx:1.27
      command:
        - sh
        - -c
        - |
          while sleep 2; do
            sed 's/\(.*\)=\(.*\)/till_\1_total \2/' /data/raw > /usr/share/nginx/html/metrics
          done &
          exec nginx -g 'daemon off;'
      volumeMounts:
        - name: data
          mountPath: /data
YAML
kubectl apply -f till.yaml
kubectl wait --for=condition=Ready pod/till --timeout=120s
sleep 6
