#!/bin/sh
# exercise: chart
kubectl get service kiosk -o wide
kubectl get pods -l app=kiosk --show-labels
sed -i -e 's/1 kiosk: ____/1 kiosk: tier/' -e 's/2 kiosk: ____/2 kiosk: front/' -e 's/3 kiosk: ____/3 kiosk: frontend/' chart.txt

# exercise: cure
kubectl patch service kiosk -p '{"spec":{"selector":{"tier":"frontend"}}}'
sleep 5

# exercise: soup
kubectl patch service soup -p '{"spec":{"selector":{"role":"server"}}}'
sleep 5
