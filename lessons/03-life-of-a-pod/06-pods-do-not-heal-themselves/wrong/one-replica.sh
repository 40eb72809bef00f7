# hint: replica-count
kubectl create deployment guestbook --image=nginx:1.27
# hint: three-ready
kubectl scale deployment guestbook --replicas=3
