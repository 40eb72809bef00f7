# hint: waits
kubectl delete deployment rehearsal
sleep 30
