# hint: inside
sed -e 's/-listen=____/-listen=:9000/' -e 's/____/server/' rates.yaml > filled.yaml
kubectl apply -f filled.yaml
# hint: by-name
sleep 30
