kubectl patch deployment {{name}} -n {{ns}} -p '{"spec":{"strategy":{"rollingUpdate":{"maxUnavailable":0,"maxSurge":1}}}}'
kubectl scale -n {{ns}} deployment/{{name}} --replicas={{m}}
kubectl set image -n {{ns}} deployment/{{name}} web={{image}}
kubectl rollout status -n {{ns}} deployment/{{name}} --timeout=300s
