# hint: image-pull
kubectl run web --image=ngnix:1.27
sleep 30
