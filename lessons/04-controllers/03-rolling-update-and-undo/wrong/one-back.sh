# hint: one-back
kubectl set image deployment/till web=nginx:1.27
sleep 30
kubectl set image deployment/till web=nginx:1.72
sleep 30
kubectl rollout undo deployment/till
sleep 30
