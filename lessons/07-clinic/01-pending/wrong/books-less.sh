# hint: books-less
kubectl set resources deployment/checkout --requests=cpu=100m
sleep 30
