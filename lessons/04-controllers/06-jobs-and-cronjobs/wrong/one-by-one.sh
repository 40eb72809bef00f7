# hint: one-by-one
kubectl create job parcels --image=busybox:1.36 -- sleep 2
sleep 30
