# hint: still-180
kubectl create deployment bread --image=busybox:1.36 --replicas=2 -- sh -c 'echo $OVEN degrees'
kubectl set env deployment/bread OVEN=180
# hint: ends
kubectl set env deployment/bread OVEN=220
sleep 60
