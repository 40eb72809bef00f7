# hint: deployment-recreated
kubectl delete deployment cake
kubectl create deployment cake --image=nginx:1.27 --replicas=3
sleep 60
