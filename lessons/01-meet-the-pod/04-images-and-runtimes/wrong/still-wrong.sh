# hint: still-wrong
kubectl set image pod/menu web=nginx:1.2.7
sleep 120
