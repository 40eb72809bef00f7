# hint: too-hasty
kubectl create deployment api --image=nginx:1.27 --replicas=2
kubectl scale deployment api --replicas=5
kubectl scale deployment api --replicas=2
sleep 60
