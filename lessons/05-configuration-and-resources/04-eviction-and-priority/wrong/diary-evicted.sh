# hint: diary-evicted
sed -i 's/____/100Mi/' diary.yaml
kubectl apply -f diary.yaml
sleep 20
kubectl apply -f party.yaml
sleep 60
