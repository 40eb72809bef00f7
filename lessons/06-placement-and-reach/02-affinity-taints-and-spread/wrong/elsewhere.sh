# hint: elsewhere
kubectl cordon worker-4
kubectl run trainer --image=nginx:1.27 --overrides='{"spec":{"tolerations":[{"key":"gpu","operator":"Exists"}]}}'
sleep 20
