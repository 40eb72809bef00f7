# hint: still-stuck
kubectl set image deployment/till web=nginx:1.27
sleep 30
kubectl set image deployment/till web=nginx:1.72
sleep 30
kubectl delete pods -l app=till
sleep 30
