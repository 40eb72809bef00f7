# hint: reported
sed -i "s#/____; exit ____' ____#/open; exit 0' TERM#" cashier.yaml
# hint: other-page
kubectl apply -f cashier.yaml
sleep 20
kubectl delete pod cashier
