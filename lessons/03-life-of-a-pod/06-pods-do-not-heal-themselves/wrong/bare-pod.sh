# hint: bare-pod
kubectl run guestbook --image=nginx:1.27
sleep 30
