# hint: only-noted
kubectl patch deployment menu -p '{"spec":{"template":{"spec":{"containers":[{"name":"web","ports":[{"containerPort":8080}]}]}}}}'
sleep 30
