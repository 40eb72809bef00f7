# hint: import-given-up
sed 's/____/Never/' three.yaml > filled.yaml
kubectl apply -f filled.yaml
sleep 60
