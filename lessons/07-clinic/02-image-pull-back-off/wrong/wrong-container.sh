# hint: wrong-container
kubectl set image pod/oven bake=busybox:1.36
sleep 30
