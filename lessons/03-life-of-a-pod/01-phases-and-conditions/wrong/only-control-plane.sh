# hint: only-control-plane
kubectl label node control-plane disk=ssd
sleep 30
