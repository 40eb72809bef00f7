# hint: diary-evicted
sed -i 's/____/100Mi/' diary.yaml
kubectl apply -f diary.yaml
sleep 20
kubectl apply -f party.yaml
sleep 60
# hint: alarm-pressure
sed -i -e 's/value: ____/value: 1000/' -e 's/priorityClassName: ____/priorityClassName: urgent/' alarm.yaml
kubectl apply -f alarm.yaml
