# exercise: three-copies
kubectl create deployment menu --image=httpd:2.4 --replicas=3
kubectl expose deployment menu --port=80
sleep 60
# exercise: out-and-in
kubectl create deployment api --image=nginx:1.27
kubectl scale deployment api --replicas=5
sleep 60
kubectl patch deployment api -p '{"spec":{"replicas":2}}'
sleep 60
