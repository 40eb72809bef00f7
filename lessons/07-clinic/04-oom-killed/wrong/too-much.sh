# hint: too-much
kubectl set resources deployment/gallery -c thumbs --limits=memory=2Gi
sleep 60
