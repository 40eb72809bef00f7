# hint: made-a-deployment
kubectl create deployment web --image=nginx:1.27
sleep 30
