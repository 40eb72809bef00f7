# hint: pods-replaced
sed -i 's/OrderedReady/Parallel/' shelf.yaml
kubectl replace --force -f shelf.yaml
sleep 60
