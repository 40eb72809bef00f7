# hint: wrong-deployment-name
kubectl create deployment lonely --image=nginx:1.27
sleep 20
