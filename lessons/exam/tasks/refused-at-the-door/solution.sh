kubectl set resources deployment {{name}} -n {{ns}} --requests=memory={{mem}}
kubectl rollout status -n {{ns}} deployment/{{name}} --timeout=300s
