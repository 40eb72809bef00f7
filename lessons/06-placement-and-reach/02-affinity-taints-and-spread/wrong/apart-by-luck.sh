# hint: apart-by-luck
kubectl create deployment guard --image=nginx:1.27 --replicas=3
sleep 40
