# hint: short-name
kubectl -n kitchen expose deployment oven --port=8080 --target-port=80
kubectl run cook --image=busybox:1.36 --command -- sh -c 'wget -q -O - http://oven:8080; sleep 10000'
sleep 20
