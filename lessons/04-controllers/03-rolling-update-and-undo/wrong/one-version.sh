# hint: one-version
kubectl create deployment ledger --image=nginx:1.26
kubectl patch deployment ledger -p '{"spec":{"strategy":{"type":"Recreate","rollingUpdate":null}}}'
sleep 30
