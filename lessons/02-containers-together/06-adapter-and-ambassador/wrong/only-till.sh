# hint: only-till
kubectl run till --image=busybox:1.36 -- sh -c 'mkdir /data; while true; do echo "sold=5" > /data/raw; sleep 2; done'
sleep 20
