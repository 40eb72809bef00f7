# exercise: chart
cat > chart.txt <<TXT
worker-1: Taint maintenance=new-disk
worker-2: Insufficient cpu
worker-3: nodeSelector
TXT
# exercise: cure
kubectl patch deployment checkout -p '{"spec":{"template":{"spec":{"tolerations":[{"key":"maintenance","operator":"Exists"}]}}}}'
kubectl wait --for=condition=Available deployment/checkout --timeout=90s
# exercise: silent
kubectl create deployment mailer --image=nginx:1.27 --dry-run=client -o yaml > mailer.yaml
kubectl delete deployment mailer
sleep 10
kubectl apply -f mailer.yaml
kubectl wait --for=condition=Available deployment/mailer --timeout=90s
