# hint: too-soon
kubectl set env deployment/album KEEP=5
sleep 30
