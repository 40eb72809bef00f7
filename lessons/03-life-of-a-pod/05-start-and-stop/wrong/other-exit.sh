# hint: other-exit
sed "s#/____; exit ____' ____#/closed; exit 1' TERM#" cashier.yaml | kubectl apply -f -
sleep 20
kubectl delete pod cashier
