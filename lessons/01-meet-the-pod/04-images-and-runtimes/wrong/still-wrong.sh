# hint: still-wrong
kubectl set image pod/menu web=nginx:1.2.7
sleep 120
# hint: other-version
kubectl set image pod/menu web=nginx:1.26
sleep 60
