# hint: new-address
kubectl delete service menu
kubectl expose deployment menu --port=80 --target-port=8080
sleep 5
