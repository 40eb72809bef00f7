# hint: recreated
kubectl delete pod sealed
kubectl run sealed --image=nginx:1.27
sleep 20
