# exercise: not-before-ready
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: shop, labels: { app: shop } }
spec:
  containers:
    - name: web
      image: nginx:1.27
      command: [sh, -c, "(sleep 20; echo full > /usr/share/nginx/html/stock) & exec nginx -g 'daemon off;'"]
      ports: [{ name: http, containerPort: 80 }]
      readinessProbe: { httpGet: { path: /stock, port: http }, periodSeconds: 3, failureThreshold: 1 }
---
apiVersion: v1
kind: Service
metadata: { name: shop }
spec: { selector: { app: shop }, ports: [{ port: 80, targetPort: http }] }
YAML
sleep 60
# exercise: a-slow-starter
kubectl delete pod archive --now
sed 's/livenessProbe:/livenessProbe:\n        initialDelaySeconds: 100/' archive.yaml | kubectl apply -f -
sleep 150
# exercise: heartbeat
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: heart }
spec:
  containers:
    - name: web
      image: nginx:1.27
      livenessProbe:
        exec: { command: [sh, -c, '[ -f /usr/share/nginx/html/index.html ]'] }
        periodSeconds: 2
        failureThreshold: 2
YAML
sleep 20
kubectl exec heart -- rm /usr/share/nginx/html/index.html
sleep 30
