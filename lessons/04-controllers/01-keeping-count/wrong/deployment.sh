# hint: made-a-deployment
kubectl create deployment orders --image=nginx:1.27 --replicas=3
sleep 30
