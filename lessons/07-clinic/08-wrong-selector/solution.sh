#!/bin/sh
# exercise: chart
kubectl get service kiosk -o wide
kubectl get pods -l app=kiosk --show-labels
sed -i -e 's/not fit  ____/not fit  tier/' -e 's/wants  ____/wants  front/' -e 's/have  ____/have  frontend/' chart.txt

# exercise: cure
kubectl patch service kiosk -p '{"spec":{"selector":{"tier":"frontend"}}}'
sleep 5

# exercise: soup
kubectl patch service soup -p '{"spec":{"selector":{"role":"server"}}}'
sleep 5
