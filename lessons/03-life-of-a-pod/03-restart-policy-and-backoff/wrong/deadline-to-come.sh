# hint: deadline-to-come
kubectl run lottery --image=busybox:1.36 --restart=OnFailure --overrides='{"spec":{"activeDeadlineSeconds":600}}' -- false
sleep 90
