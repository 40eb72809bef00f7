# hint: probed
sed -e 's/^      ____:/      readinessProbe:/' -e 's#path: ____#path: /stock#' -e 's/port: ____/port: 8080/' shop.yaml > filled.yaml
kubectl apply -f filled.yaml
# hint: never-ready
sleep 90
