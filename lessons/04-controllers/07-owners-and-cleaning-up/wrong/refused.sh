# hint: refused
sed -i 's/OrderedReady/Parallel/' shelf.yaml
kubectl apply -f shelf.yaml
