# hint: no-party
sed -i 's/____/2000Mi/' diary.yaml
kubectl apply -f diary.yaml
sleep 20
# hint: party-elsewhere
sed 's/worker-2/worker-1/' party.yaml | kubectl apply -f -
# hint: party-evicted
kubectl delete pod party --now
kubectl apply -f party.yaml
