# hint: too-wide
kubectl create service clusterip front --tcp=80:80
kubectl set selector service front tier=front
sleep 10
# hint: out
kubectl cordon worker-1
