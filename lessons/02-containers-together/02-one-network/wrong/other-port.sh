# hint: other-port
sed -e 's/-listen=____/-listen=:5678/' -e 's/____/localhost/' rates.yaml > filled.yaml
kubectl apply -f filled.yaml
sleep 30
