kubectl set resources deployment {{name}} -n {{ns}} --requests=cpu={{cpu}},memory={{mem}} --limits=cpu={{cpu}},memory={{mem}}
kubectl rollout status -n {{ns}} deployment/{{name}} --timeout=180s
sleep 40
