kubectl label node {{node}} {{ns}}/{{key}}={{value}}
kubectl run {{name}} -n {{ns}} --image=nginx:1.27 --overrides='{"spec":{"nodeSelector":{"{{ns}}/{{key}}":"{{value}}"}}}'
kubectl wait -n {{ns}} --for=condition=Ready pod/{{name}} --timeout=90s
