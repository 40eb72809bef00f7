# hint: eats-less
kubectl get deployment gallery -o yaml | sed 's/150M/50M/' | kubectl apply -f -
sleep 60
