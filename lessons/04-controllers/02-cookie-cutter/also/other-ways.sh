# exercise: new-batch
kubectl set image replicaset/biscuit web=nginx:1.27
kubectl scale rs biscuit --replicas=0
sleep 20
kubectl scale rs biscuit --replicas=3
sleep 30
# exercise: let-it-roll
kubectl patch deployment cake -p '{"spec":{"template":{"spec":{"containers":[{"name":"web","image":"nginx:1.27-alpine"}]}}}}'
sleep 60
# exercise: two-temperatures
kubectl create deployment bread --image=busybox:1.36 --replicas=2 -- sh -c 'echo $OVEN degrees; sleep 100000'
kubectl set env deployment/bread OVEN=180
sleep 60
kubectl set env deployment/bread OVEN=220
sleep 120
