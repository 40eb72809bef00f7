# hint: watch-it
kubectl set resources deployment/gallery -c thumbs --limits=memory=200Mi
sleep 15
