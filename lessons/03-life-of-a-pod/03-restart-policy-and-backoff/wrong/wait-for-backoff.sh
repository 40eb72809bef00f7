# hint: wait-for-backoff
kubectl create service clusterip settings --tcp=80
