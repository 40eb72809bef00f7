# hint: blanket
kubectl create deployment ledger --image=nginx:1.26
sleep 30
