# hint: ledger-hurt
kubectl scale deployment ledger --replicas=0
sleep 720
