# hint: one-container
kubectl run relay --image=busybox:1.36 -- sleep 3600
# hint: two-pods
kubectl run reader --image=busybox:1.36 -- sleep 3600
