# hint: without-sidecar
kubectl create job invoices --image=busybox:1.36 -- sh -c 'echo invoice 9'
sleep 30
