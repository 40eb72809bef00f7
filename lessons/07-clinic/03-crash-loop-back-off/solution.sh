#!/bin/sh
# exercise: chart
kubectl logs deployment/barometer --previous
kubectl describe pods -l app=cuckoo | grep -A 2 'Last State'
kubectl describe pods -l app=sundial | grep Killing
sed -i -e 's/barometer: ____/barometer: config/' -e 's/cuckoo: ____/cuckoo: done/' -e 's/sundial: ____/sundial: probe/' chart.txt

# exercise: cure
kubectl get configmap station -o yaml | sed 's/UNIT=mbar/UNIT=hPa/' | kubectl apply -f -
kubectl rollout restart deployment/barometer
kubectl rollout status deployment/barometer --timeout=120s
sleep 40

# exercise: two-more
sed -i 's/port: 8080/port: 80/' sundial.yaml
kubectl apply -f sundial.yaml
sed -i 's/done &/done/' cuckoo.yaml
kubectl apply -f cuckoo.yaml
sleep 120
