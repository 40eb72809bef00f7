# hint: selects-nobody
sed -i -e '/^    matchLabels/,/policyTypes/s/app: ____/app: db/' -e 's/app: ____/app: shop/' -e 's/port: ____/port: 80/' db.yaml
sed -i 's/app: db/app: DB/' db.yaml
kubectl apply -f db.yaml
sleep 20
