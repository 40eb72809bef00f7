# hint: ready-at-once
sed -i "s/'127.0.0.1', //" server.mjs
kubectl create configmap bakery --from-file=server.mjs --dry-run=client -o yaml | kubectl apply -f -
kubectl rollout restart deployment/bakery
kubectl rollout status deployment/bakery --timeout=120s
