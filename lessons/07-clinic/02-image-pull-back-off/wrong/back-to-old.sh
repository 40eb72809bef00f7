# hint: back-to-old
kubectl rollout undo deployment/bistro
sleep 30
