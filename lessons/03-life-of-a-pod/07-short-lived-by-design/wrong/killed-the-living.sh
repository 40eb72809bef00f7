# hint: killed-the-living
kubectl delete pods --all --timeout=60s
sleep 30
