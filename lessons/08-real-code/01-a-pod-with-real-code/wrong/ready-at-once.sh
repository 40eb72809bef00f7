# hint: ready-at-once
sed -i "s/'127.0.0.1', //" server.mjs
kubectl create configmap bakery --from-file=server.mjs --dry-run=client -o yaml | kubectl apply -f -
kubectl rollout restart deployment/bakery
kubectl rollout status deployment/bakery --timeout=120s
# hint: still-ordering
sleep 10
kubectl apply -f customer.yaml
# hint: nothing-replaced
kubectl wait --for=jsonpath='{.status.phase}'=Succeeded pod/customer --timeout=180s
# hint: ready-when-baked
kubectl scale deployment bakery --replicas=1
