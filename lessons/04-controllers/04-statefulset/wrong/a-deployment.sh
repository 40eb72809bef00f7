# hint: a-deployment
kubectl create deployment ring --image=nginx:1.27 --replicas=2
kubectl create service clusterip ring --clusterip=None
sleep 30
