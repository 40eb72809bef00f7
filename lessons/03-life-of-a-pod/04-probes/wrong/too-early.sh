# hint: too-early
sed -e 's/^      ____:/      readinessProbe:/' -e 's#path: ____#path: /#' -e 's/port: ____/port: 80/' shop.yaml > filled.yaml
kubectl apply -f filled.yaml
sleep 60
