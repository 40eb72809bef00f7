# hint: wrong-container
kubectl set resources deployment/gallery -c web --limits=memory=600Mi
sleep 60
