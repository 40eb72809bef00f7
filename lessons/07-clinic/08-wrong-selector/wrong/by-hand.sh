# hint: by-hand
kubectl label pods -l app=kiosk tier=front --overwrite
sleep 5
