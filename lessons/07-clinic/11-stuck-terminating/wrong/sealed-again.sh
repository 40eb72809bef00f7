# hint: sealed-again
kubectl patch pod ledger-0 -p '{"metadata":{"finalizers":null}}'
sleep 60
kubectl patch statefulset ledger -p '{"spec":{"template":{"metadata":{"finalizers":null}}}}'
sleep 20
