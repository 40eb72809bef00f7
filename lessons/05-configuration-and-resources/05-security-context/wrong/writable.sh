# hint: writable
kubectl run fort --image=nginx:1.27
sleep 30
