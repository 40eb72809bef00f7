# hint: dead-ones
kubectl set env deployment/album KEEP=5
sleep 200
