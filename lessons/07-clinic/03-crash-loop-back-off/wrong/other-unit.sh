# hint: other-unit
kubectl get configmap station -o yaml | sed 's/UNIT=mbar/UNIT=mmHg/' | kubectl apply -f -
kubectl rollout restart deployment/barometer
sleep 40
