# hint: by-name
sed -e 's/-listen=____/-listen=:9000/' -e 's/____/server/' rates.yaml > filled.yaml
kubectl apply -f filled.yaml
sleep 30
