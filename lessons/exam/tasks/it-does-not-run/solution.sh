kubectl config set-context --current --namespace={{ns}} > /dev/null
{{fault.fix}}
kubectl rollout status deployment/{{name}} --timeout=300s
sleep 20
