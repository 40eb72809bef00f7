# hint: other-port
kubectl -n kitchen expose deployment oven --port=80
sleep 5
