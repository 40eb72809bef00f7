# hint: no-room-beside
kubectl set resources deployment/bakers --requests=cpu=1900m
sleep 60
