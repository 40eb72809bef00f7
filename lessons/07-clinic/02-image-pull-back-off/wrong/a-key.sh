# hint: a-key
kubectl create secret docker-registry hub --docker-username=he --docker-password=secret
sleep 10
