# hint: pending
kubectl delete pods -l app=bakers --field-selector status.phase=Pending
sleep 30
