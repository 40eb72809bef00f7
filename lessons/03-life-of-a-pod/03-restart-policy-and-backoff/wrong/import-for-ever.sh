# hint: import-for-ever
sed 's/____/Always/' three.yaml > filled.yaml
kubectl apply -f filled.yaml
sleep 120
