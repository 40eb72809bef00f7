kubectl patch deployment {{name}} -n {{ns}} -p '{"spec":{"template":{"spec":{"terminationGracePeriodSeconds":{{grace}},"containers":[{"name":"web","lifecycle":{"preStop":{"exec":{"command":["sleep","{{pre}}"]}}}}]}}}}'
kubectl rollout status -n {{ns}} deployment/{{name}} --timeout=180s
