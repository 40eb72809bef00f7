# hint: unwatched
kubectl run heart --image=nginx:1.27
sleep 20
