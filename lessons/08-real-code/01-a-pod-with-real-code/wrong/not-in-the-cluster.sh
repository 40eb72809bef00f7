# hint: not-in-the-cluster
sed -i "s/'127.0.0.1', //" server.mjs
kubectl rollout restart deployment/bakery
sleep 20
