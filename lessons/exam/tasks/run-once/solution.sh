kubectl run {{name}} -n {{ns}} --image=busybox:1.36 --restart=Never --command -- sh -c 'sleep {{wait}}; exit {{code}}'
kubectl wait -n {{ns}} --for=jsonpath='{.status.phase}'=Failed pod/{{name}} --timeout=90s
