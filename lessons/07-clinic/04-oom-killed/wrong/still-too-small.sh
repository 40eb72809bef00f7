# hint: still-too-small
kubectl set resources deployment/gallery -c thumbs --limits=memory=128Mi
sleep 60
