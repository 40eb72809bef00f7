# hint: nobody
kubectl create service clusterip front --tcp=80:80
sleep 10
