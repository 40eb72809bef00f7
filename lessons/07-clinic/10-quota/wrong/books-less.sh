# hint: books-less
kubectl set resources deployment banquet --requests=cpu=100m
sleep 60
