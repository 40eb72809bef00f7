# hint: other-page
sed "s#/____; exit ____' ____#/open; exit 0' TERM#" cashier.yaml | kubectl apply -f -
sleep 20
kubectl delete pod cashier
