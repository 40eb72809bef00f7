# hint: in-backoff
kubectl get configmap station -o yaml | sed 's/UNIT=mbar/UNIT=hPa/' | kubectl apply -f -
sleep 5
