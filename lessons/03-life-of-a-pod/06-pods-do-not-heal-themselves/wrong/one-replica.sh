# hint: replica-count
kubectl create deployment guestbook --image=nginx:1.27
sleep 30
