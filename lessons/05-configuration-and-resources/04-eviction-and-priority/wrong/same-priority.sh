# hint: same-priority
sed -i -e 's/value: ____/value: 0/' -e 's/priorityClassName: ____/priorityClassName: urgent/' alarm.yaml
kubectl apply -f alarm.yaml
sleep 30
# hint: rings
kubectl scale deployment batch --replicas=3
sleep 30
