# hint: all-out
sed -i -e '/^    matchLabels/,/policyTypes/s/app: ____/app: db/' -e 's/app: ____/app: shop/' -e 's/port: ____/port: 8080/' db.yaml
kubectl apply -f db.yaml
sleep 20
