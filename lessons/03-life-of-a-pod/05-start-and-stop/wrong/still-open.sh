# hint: still-open
sed "s#/____; exit ____' ____#/closed; exit 0' TERM#" cashier.yaml | kubectl apply -f -
sleep 20
