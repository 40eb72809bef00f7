kubectl rollout undo -n {{ns}} deployment/{{name}}
kubectl rollout status -n {{ns}} deployment/{{name}} --timeout=300s
