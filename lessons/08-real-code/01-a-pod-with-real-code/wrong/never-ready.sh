# hint: never-ready
sed -i -e "s/'127.0.0.1', //" -e "s/    response.end('ok.n')/    response.writeHead(menu.length > 9 ? 200 : 503)\n    response.end()/" server.mjs
kubectl create configmap bakery --from-file=server.mjs --dry-run=client -o yaml | kubectl apply -f -
kubectl rollout restart deployment/bakery
sleep 60
