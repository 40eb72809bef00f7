# hint: labelled-from-the-start
kubectl run timer --image=busybox:1.36 --labels=tier=test -- sleep 3600
