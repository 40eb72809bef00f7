# hint: frosted
sed -i 's/____/nginx:1.26/' biscuit.yaml
for p in $(kubectl get pods -l app=biscuit -o name); do kubectl set image $p web=nginx:1.27; done
sleep 60
