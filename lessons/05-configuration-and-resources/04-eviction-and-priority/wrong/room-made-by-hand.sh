# hint: room-made-by-hand
sed -i -e 's/value: ____/value: 1000/' -e 's/priorityClassName: ____/priorityClassName: urgent/' alarm.yaml
kubectl scale deployment batch --replicas=3
kubectl apply -f alarm.yaml
sleep 30
