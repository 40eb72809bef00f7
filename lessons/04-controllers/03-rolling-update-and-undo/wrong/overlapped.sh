# hint: overlapped
kubectl create deployment ledger --image=nginx:1.26
sleep 30
kubectl set image deployment/ledger nginx=nginx:1.27
sleep 30
kubectl patch deployment ledger -p '{"spec":{"strategy":{"type":"Recreate","rollingUpdate":null}}}'
sleep 30
