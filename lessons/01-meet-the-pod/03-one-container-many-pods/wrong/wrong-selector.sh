# hint: wrong-selector
sed -e 's/replicas: ____/replicas: 3/' -e 's/app: ____/app: web/' menu.yaml > filled.yaml
kubectl apply -f filled.yaml
sleep 60
