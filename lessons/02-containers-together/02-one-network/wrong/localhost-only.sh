# hint: localhost-only
sed -e 's/-listen=____/-listen=127.0.0.1:9000/' -e 's/____/localhost/' rates.yaml > filled.yaml
kubectl apply -f filled.yaml
sleep 30
