# hint: not-three
sed -e 's/replicas: ____/replicas: 1/' -e 's/app: ____/app: menu/' menu.yaml > filled.yaml
kubectl apply -f filled.yaml
sleep 30
