kubectl run {{name}} -n {{ns}} --image={{image}} --labels=tier={{tier}},colour={{colour}} --env=COLOUR={{colour}}
kubectl wait -n {{ns}} --for=condition=Ready pod/{{name}} --timeout=90s
