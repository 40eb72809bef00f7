# hint: pods-deleted
kubectl create deployment api --image=nginx:1.27 --replicas=5
sleep 30
kubectl delete pods -l app=api
sleep 60
