# hint: no-preheat
kubectl delete pod oven
kubectl run oven --image=nginx:1.27
sleep 30
