#!/bin/sh
# exercise: open-the-door
sed -i "s/listen(8080, '127.0.0.1', /listen(8080, /" server.mjs
kubectl create configmap bakery --from-file=server.mjs --dry-run=client -o yaml | kubectl apply -f -
kubectl rollout restart deployment/bakery
kubectl rollout status deployment/bakery --timeout=120s

# exercise: tell-the-truth
sed -i "s/    response.end('ok.n')/    response.writeHead(menu.length > 0 ? 200 : 503)\n    response.end()/" server.mjs
kubectl create configmap bakery --from-file=server.mjs --dry-run=client -o yaml | kubectl apply -f -
kubectl rollout restart deployment/bakery
kubectl rollout status deployment/bakery --timeout=120s

# exercise: finish-the-orders
cat >> server.mjs <<'JS'

process.on('SIGTERM', () => {
  console.log('closing')
  server.close(() => process.exit(0))
})
JS
kubectl create configmap bakery --from-file=server.mjs --dry-run=client -o yaml | kubectl apply -f -
kubectl rollout restart deployment/bakery
kubectl rollout status deployment/bakery --timeout=120s
sleep 31
kubectl apply -f customer.yaml
kubectl wait --for=condition=Ready pod/customer --timeout=60s
kubectl rollout restart deployment/bakery
kubectl wait --for=jsonpath='{.status.phase}'=Succeeded pod/customer --timeout=180s
kubectl logs customer
