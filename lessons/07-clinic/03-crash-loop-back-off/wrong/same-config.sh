# hint: same-config
kubectl rollout restart deployment/barometer
sleep 30
