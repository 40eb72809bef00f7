# hint: other-image
kubectl set image deployment/menu web=nginx:1.27
sleep 40
