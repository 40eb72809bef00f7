# hint: other-probe
sed -e 's/^      ____:/      livenessProbe:/' -e 's#path: ____#path: /stock#' -e 's/port: ____/port: 80/' shop.yaml > filled.yaml
kubectl apply -f filled.yaml
sleep 60
