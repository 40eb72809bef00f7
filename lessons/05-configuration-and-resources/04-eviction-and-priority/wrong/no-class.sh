# hint: no-class
sed -i -e 's/value: ____/value: 1000/' -e 's/priorityClassName: ____/priorityClassName: Urgent/' alarm.yaml
kubectl apply -f alarm.yaml
sleep 30
