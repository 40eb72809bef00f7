# hint: waits
kubectl set image pod/oven preheat=busybox:1.36
