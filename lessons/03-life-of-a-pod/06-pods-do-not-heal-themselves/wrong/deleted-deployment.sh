# hint: deleted-deployment
kubectl create deployment solo --image=nginx:1.27
sleep 20
kubectl delete deployment solo
sleep 20
