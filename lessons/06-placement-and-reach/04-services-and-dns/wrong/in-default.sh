# hint: in-default
kubectl create service clusterip oven --tcp=8080:80
sleep 5
