# hint: only-a-delay
sed -i "s/'127.0.0.1', //" server.mjs
kubectl create configmap bakery --from-file=server.mjs --dry-run=client -o yaml | kubectl apply -f -
kubectl patch deployment bakery --type=json -p '[{"op":"add","path":"/spec/template/spec/containers/0/readinessProbe/initialDelaySeconds","value":8}]'
kubectl rollout status deployment/bakery --timeout=120s
