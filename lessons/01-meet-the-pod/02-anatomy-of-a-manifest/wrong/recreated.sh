# hint: recreated
kubectl run timer --image=busybox:1.36 -- sleep 3600
sleep 30
kubectl delete pod timer --grace-period=1
kubectl run timer --image=busybox:1.36 --labels=tier=test -- sleep 3600
sleep 30
