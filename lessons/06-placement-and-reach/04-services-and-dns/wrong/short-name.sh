# hint: short-name
kubectl -n kitchen expose deployment oven --port=8080 --target-port=80
kubectl run cook --image=busybox:1.36 --command -- sh -c 'wget -q -O - http://oven:8080; sleep 10000'
sleep 20
# hint: by-ip
kubectl delete pod cook --now
IP=$(kubectl -n kitchen get pods -o jsonpath='{.items[0].status.podIP}')
kubectl run cook --image=busybox:1.36 --command -- sh -c "wget -q -O - http://$IP:8080; sleep 10000"
sleep 20
