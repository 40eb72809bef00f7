# hint: other-name
kubectl create service clusterip setting --tcp=80
sleep 400
