# hint: outside
kubectl label deployment kiosk tier=frontend --overwrite
sleep 5
