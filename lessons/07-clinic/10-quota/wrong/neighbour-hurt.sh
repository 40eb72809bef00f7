# hint: neighbour-hurt
kubectl scale deployment ledger --replicas=0
kubectl scale deployment rehearsal --replicas=0
sleep 40
