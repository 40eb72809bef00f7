# hint: wrong-name
kubectl run nginx --image=nginx:1.27
sleep 30
