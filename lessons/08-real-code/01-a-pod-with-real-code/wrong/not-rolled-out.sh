# hint: not-rolled-out
sed -i "s/'127.0.0.1', //" server.mjs
kubectl create configmap bakery --from-file=server.mjs --dry-run=client -o yaml | kubectl apply -f -
sleep 60
