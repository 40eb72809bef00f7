# hint: not-applied
sed -i -e 's/app: ____/app: web/' -e 's/- port: ____/- port: 80/' -e 's/targetPort: ____/targetPort: web/' kiosk.yaml
# hint: finds-nobody
kubectl apply -f kiosk.yaml
sleep 5
