# exercise: board
kubectl create configmap menu --from-literal=dish=rice --from-literal=index.html='<p>rice today</p>'
kubectl apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: { name: board }
spec:
  volumes: [{ name: v, projected: { sources: [{ configMap: { name: menu, items: [{ key: index.html, path: index.html }] } }] } }]
  containers:
    - name: web
      image: nginx:1.27
      env: [{ name: DISH, valueFrom: { configMapKeyRef: { name: menu, key: dish } } }]
      volumeMounts: [{ name: v, mountPath: /usr/share/nginx/html }]
YAML
sleep 20
# exercise: new-price
kubectl create configmap prices --from-literal=PRICE=15 --dry-run=client -o yaml | kubectl apply -f -
kubectl set env deployment/tag RENEWED=today
sleep 60
# exercise: cook
kubectl run cook --image=busybox:1.36 --dry-run=client -o yaml --command -- sh -c 'env; sleep 10000' > cook.yaml
sed -i 's/    name: cook/    name: cook\n    envFrom: [{ configMapRef: { name: recipe } }]/' cook.yaml
kubectl apply -f cook.yaml
sleep 20
