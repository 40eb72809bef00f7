# hint: stranger-out
sed -i -e '/^    matchLabels/,/policyTypes/s/app: ____/app: DB/' -e 's/app: ____/app: shop/' -e 's/port: ____/port: 80/' db.yaml
# hint: selects-nobody
kubectl apply -f db.yaml
sleep 20
