kubectl create serviceaccount {{sa}} -n {{ns}}
kubectl create role {{role}} -n {{ns}} --verb=get,list --resource={{res}}
kubectl create rolebinding {{role}} -n {{ns}} --role={{role}} --serviceaccount={{ns}}:{{sa}}
kubectl run {{name}} -n {{ns}} --image=nginx:1.27 --overrides='{"spec":{"serviceAccountName":"{{sa}}"}}'
kubectl wait -n {{ns}} --for=condition=Ready pod/{{name}} --timeout=90s
