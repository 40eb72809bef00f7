# hint: name-lost
kubectl patch configmap station -p '{"data":{"station.conf":"UNIT=hPa\n"}}'
kubectl rollout restart deployment/barometer
sleep 40
