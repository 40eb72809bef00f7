# hint: killed
sed -i "s#/____; exit ____' ____#/closed; exit 0' KILL#" cashier.yaml
sed 's/ KILL;/ INT;/' cashier.yaml | kubectl apply -f -
sleep 20
kubectl delete pod cashier
