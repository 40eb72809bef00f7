# hint: too-wide
kubectl patch service kiosk --type=json -p '[{"op":"replace","path":"/spec/selector","value":{"tier":"frontend"}}]'
sleep 5
