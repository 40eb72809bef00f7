# hint: raised
kubectl set resources deployment/cache --limits=memory=1Gi
sleep 60
