# hint: neighbour-hurt
kubectl scale deployment ledger --replicas=0
sleep 40
