# hint: starting
kubectl patch pod ledger-0 -p '{"metadata":{"finalizers":null}}'
sleep 3
