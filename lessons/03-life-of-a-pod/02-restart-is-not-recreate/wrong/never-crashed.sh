# hint: never-crashed
kubectl run phoenix --image=busybox:1.36 -- sh -c 'echo second life; sleep 3600'
sleep 20
