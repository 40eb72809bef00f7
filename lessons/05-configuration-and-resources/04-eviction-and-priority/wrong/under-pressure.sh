# hint: under-pressure
sed -i 's/____/100Mi/' diary.yaml
kubectl apply -f diary.yaml
sleep 20
kubectl apply -f party.yaml
sleep 60
kubectl delete pod diary party
sed -i 's/100Mi/2000Mi/' diary.yaml
kubectl apply -f diary.yaml
sleep 30
